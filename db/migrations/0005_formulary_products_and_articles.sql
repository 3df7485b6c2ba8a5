-- National products and manufacturers' articles, shared by all consortia.
CREATE SCHEMA formulary;

CREATE TABLE formulary.product (
    product_id        bigint  GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    code              text    NOT NULL,
    kind              text    NOT NULL,
    generic_name      text    NOT NULL,
    english_name      text    NOT NULL DEFAULT '',
    dosage_form       text    NOT NULL,
    strength          text    NOT NULL,
    base_unit         text    NOT NULL,  -- the smallest dispensing unit; every quantity of the product counts these
    drug_class        text    NOT NULL DEFAULT '',
    reimbursement     text    NOT NULL,  -- A 甲, B 乙, none
    essential         boolean NOT NULL,
    volume_based      boolean NOT NULL,
    long_prescription boolean NOT NULL,
    special_control   text    NOT NULL,
    storage           text    NOT NULL,
    light_protected   boolean NOT NULL,
    disease_groups    text[]  NOT NULL DEFAULT '{}',
    pinyin            text    NOT NULL,  -- syllables without tones, parted by blanks
    pinyin_initials   text    NOT NULL,
    withdrawn_on      date,
    CONSTRAINT product_code_is_unique UNIQUE (code),
    CONSTRAINT product_is_one_name_form_and_strength UNIQUE (generic_name, dosage_form, strength),
    CONSTRAINT product_kind_is_known CHECK (kind IN ('western', 'patent', 'herbal', 'ethnic', 'consumable')),
    CONSTRAINT reimbursement_is_known CHECK (reimbursement IN ('A', 'B', 'none')),
    CONSTRAINT special_control_is_known CHECK (special_control IN (
        'none', 'narcotic', 'psychotropic_1', 'psychotropic_2', 'toxic', 'precursor')),
    CONSTRAINT storage_is_known CHECK (storage IN ('room', 'cool', 'cold', 'frozen')),
    CONSTRAINT long_prescription_is_for_general_medicines CHECK (NOT long_prescription OR special_control = 'none')
);

CREATE TABLE formulary.article (
    article_id      bigint  GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    product_id      bigint  NOT NULL REFERENCES formulary.product,
    manufacturer_id bigint  REFERENCES parties.company,  -- none for herbal pieces
    insurance_code  text,   -- national insurance code, as received and normalised
    trade_name      text    NOT NULL DEFAULT '',
    approval_number text,
    base_code       text,   -- national drug code, 14 digits
    gtin            text,
    pack_size       bigint  NOT NULL,  -- base units in one pack
    pack_unit       text    NOT NULL,
    pack_text       text    NOT NULL,
    reference_price bigint,            -- 1/10000 yuan per pack
    withdrawn_on    date,
    CONSTRAINT article_insurance_code_is_unique UNIQUE (insurance_code),
    CONSTRAINT article_is_one_pack_of_one_maker UNIQUE NULLS NOT DISTINCT
        (product_id, manufacturer_id, insurance_code, trade_name, pack_text),
    CONSTRAINT pack_holds_something CHECK (pack_size BETWEEN 1 AND 1000000),
    CONSTRAINT reference_price_is_not_negative CHECK (reference_price >= 0)
);
CREATE INDEX article_of_product ON formulary.article (product_id);

GRANT USAGE ON SCHEMA formulary TO lianyao_application;
GRANT SELECT, INSERT, UPDATE ON formulary.product, formulary.article TO lianyao_application;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA formulary TO lianyao_application;
