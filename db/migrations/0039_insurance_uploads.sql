-- What an insurer is told of an institution's stock and sales: one record for each batch that a movement brings into the
-- institution or takes out of it, and one for each batch that is counted.
CREATE SCHEMA insurance_uploads;

-- A facility as its insurer knows it. From its registration on every movement is told.
CREATE TABLE insurance_uploads.institution (
    consortium_id  bigint      NOT NULL,
    facility_id    bigint      NOT NULL,
    platform       text        NOT NULL,
    code           text        NOT NULL,  -- the insurer's code of the institution
    name           text        NOT NULL,  -- and its name there
    begins_after   bigint      NOT NULL,  -- the last movement that is not told
    is_active      boolean     NOT NULL,  -- whether movements are told; what was announced goes on
    registered_at  timestamptz NOT NULL,
    person_id      bigint      NOT NULL,
    CONSTRAINT facility_is_one_institution PRIMARY KEY (consortium_id, facility_id),
    CONSTRAINT institution_code_is_one_facility UNIQUE (consortium_id, platform, code),
    CONSTRAINT institution_is_a_facility FOREIGN KEY (consortium_id, facility_id) REFERENCES parties.facility,
    CONSTRAINT institution_is_told_through_an_account FOREIGN KEY (consortium_id, platform) REFERENCES platform_exchange.account,
    CONSTRAINT institution_is_registered_by_a_person FOREIGN KEY (consortium_id, person_id) REFERENCES identity.person,
    CONSTRAINT institution_has_its_texts CHECK (code <> '' AND name <> '')
);
ALTER TABLE insurance_uploads.institution ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON insurance_uploads.institution
    USING (consortium_id = nullif(current_setting('lianyao.consortium_id', true), '')::bigint);

-- How far the ledger has been gone over. Numbers of movements are taken before they are committed, so a lower one may appear
-- after a higher one: a number is settled when every transaction that could hold it has ended.
CREATE TABLE insurance_uploads.feed (
    consortium_id    bigint      NOT NULL REFERENCES parties.consortium,
    settled_through  bigint      NOT NULL,  -- no movement up to this number is new any more
    mark             bigint,                -- the highest movement that was there when the mark was set
    mark_transaction text,                  -- the first transaction that had not begun then; the mark is settled when all before it ended
    fed_at           timestamptz NOT NULL,
    CONSTRAINT ledger_is_gone_over_once PRIMARY KEY (consortium_id),
    CONSTRAINT mark_has_its_transaction CHECK ((mark IS NULL) = (mark_transaction IS NULL)),
    CONSTRAINT mark_lies_ahead CHECK (mark >= settled_through),
    CONSTRAINT mark_transaction_is_a_number CHECK (mark_transaction ~ '^[0-9]+$')
);
ALTER TABLE insurance_uploads.feed ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON insurance_uploads.feed
    USING (consortium_id = nullif(current_setting('lianyao.consortium_id', true), '')::bigint);

-- Movements that were gone over, those that concern no institution among them.
CREATE TABLE insurance_uploads.taken (
    consortium_id bigint NOT NULL,
    movement_id   bigint NOT NULL,
    CONSTRAINT movement_is_taken_once PRIMARY KEY (consortium_id, movement_id),
    CONSTRAINT taken_is_a_movement FOREIGN KEY (consortium_id, movement_id) REFERENCES stock_ledger.movement
);
ALTER TABLE insurance_uploads.taken ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON insurance_uploads.taken
    USING (consortium_id = nullif(current_setting('lianyao.consortium_id', true), '')::bigint);

-- A batch in an institution: its serial there, what of it was told, in base units and in packs.
CREATE TABLE insurance_uploads.serial (
    consortium_id bigint NOT NULL,
    facility_id   bigint NOT NULL,
    batch_id      bigint NOT NULL,
    units         bigint NOT NULL,  -- base units that came in, less those that went out, since the institution's beginning
    told          bigint NOT NULL,  -- the same as it was told: ten-thousandths of the smallest pricing pack
    CONSTRAINT batch_has_one_serial PRIMARY KEY (consortium_id, facility_id, batch_id),
    CONSTRAINT serial_is_of_an_institution FOREIGN KEY (consortium_id, facility_id) REFERENCES insurance_uploads.institution,
    CONSTRAINT serial_is_of_a_batch FOREIGN KEY (consortium_id, batch_id) REFERENCES stock_ledger.batch
) WITH (fillfactor = 80);
ALTER TABLE insurance_uploads.serial ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON insurance_uploads.serial
    USING (consortium_id = nullif(current_setting('lianyao.consortium_id', true), '')::bigint);

-- What an institution's insurer is told. Its message is in the outbox; who the patient is stays where it is.
CREATE TABLE insurance_uploads.record (
    consortium_id    bigint      NOT NULL,
    record_id        bigint      NOT NULL GENERATED ALWAYS AS IDENTITY,
    facility_id      bigint      NOT NULL,
    batch_id         bigint      NOT NULL,
    kind             text        NOT NULL,
    change           text,                  -- of a stock change: which
    movement_id      bigint,                -- none for a count
    counted_on       date,                  -- of a count
    units            bigint      NOT NULL,  -- base units; a count may find none
    quantity         bigint      NOT NULL,  -- ten-thousandths of the smallest pricing pack
    receipt_id       uuid,                  -- of a purchase
    dispensing_id    uuid,                  -- of a sale, and of its return
    dispensing_line  integer,
    return_id        uuid,                  -- of what a patient brought back
    original_id      bigint,                -- the record that this one goes back on
    happened_at      timestamptz NOT NULL,
    announced_at     timestamptz NOT NULL,
    accepted_at      timestamptz,
    platform_record  text,                  -- the platform's number, where it gives one
    CONSTRAINT record_id_is_unique PRIMARY KEY (consortium_id, record_id),
    CONSTRAINT record_is_of_a_serial FOREIGN KEY (consortium_id, facility_id, batch_id) REFERENCES insurance_uploads.serial,
    CONSTRAINT record_is_of_a_taken_movement FOREIGN KEY (consortium_id, movement_id) REFERENCES insurance_uploads.taken,
    CONSTRAINT movement_is_told_once UNIQUE (consortium_id, movement_id, facility_id, batch_id),
    CONSTRAINT record_goes_back_on_a_record FOREIGN KEY (consortium_id, original_id) REFERENCES insurance_uploads.record,
    CONSTRAINT record_is_of_a_receipt FOREIGN KEY (consortium_id, receipt_id) REFERENCES distribution.goods_receipt,
    CONSTRAINT record_is_of_a_dispensed_line FOREIGN KEY (consortium_id, dispensing_id, dispensing_line)
        REFERENCES dispensing.dispensing_line,
    CONSTRAINT record_is_of_a_return FOREIGN KEY (consortium_id, return_id) REFERENCES dispensing.patient_return,
    CONSTRAINT record_kind_is_known CHECK (kind IN (
        'count', 'change', 'purchase', 'purchase-return', 'sale', 'sale-return')),
    CONSTRAINT change_is_known CHECK (change IN (
        'transfer-in', 'transfer-out', 'gain', 'loss', 'destruction', 'other-in', 'other-out', 'purchase-in', 'return-out')),
    CONSTRAINT only_a_change_says_which CHECK ((kind = 'change') = (change IS NOT NULL)),
    CONSTRAINT count_has_a_day_and_the_others_a_movement CHECK (
        (kind = 'count') = (counted_on IS NOT NULL) AND (kind = 'count') = (movement_id IS NULL)),
    CONSTRAINT purchase_has_a_receipt CHECK ((kind = 'purchase') = (receipt_id IS NOT NULL)),
    CONSTRAINT sale_and_its_return_have_a_dispensing CHECK (
        (kind IN ('sale', 'sale-return')) = (dispensing_id IS NOT NULL AND dispensing_line IS NOT NULL)),
    CONSTRAINT sale_return_has_a_return_and_a_sale CHECK ((kind = 'sale-return') = (return_id IS NOT NULL)),
    CONSTRAINT returns_go_back_on_something CHECK ((kind IN ('sale-return', 'purchase-return')) = (original_id IS NOT NULL)),
    CONSTRAINT something_is_told CHECK (quantity >= 0 AND (kind = 'count' OR quantity > 0) AND (kind = 'count' OR units <> 0)),
    CONSTRAINT only_what_is_accepted_has_a_number CHECK (platform_record IS NULL OR accepted_at IS NOT NULL)
);
CREATE UNIQUE INDEX batch_is_counted_once_a_day ON insurance_uploads.record (consortium_id, facility_id, batch_id, counted_on)
    WHERE kind = 'count';
CREATE INDEX sale_of_dispensed_line ON insurance_uploads.record (consortium_id, dispensing_id, dispensing_line)
    WHERE kind IN ('sale', 'sale-return');
CREATE INDEX purchase_of_serial ON insurance_uploads.record (consortium_id, facility_id, batch_id, record_id) WHERE kind = 'purchase';
CREATE INDEX record_of_day ON insurance_uploads.record (consortium_id, facility_id, happened_at, record_id);
CREATE INDEX record_open ON insurance_uploads.record (consortium_id, facility_id, record_id) WHERE accepted_at IS NULL;
ALTER TABLE insurance_uploads.record ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON insurance_uploads.record
    USING (consortium_id = nullif(current_setting('lianyao.consortium_id', true), '')::bigint);

-- What insurers ask of a batch and no delivery here says.
CREATE TABLE insurance_uploads.batch_fact (
    consortium_id bigint      NOT NULL,
    batch_id      bigint      NOT NULL,
    made_on       date        NOT NULL,
    pack_price    bigint,               -- 1/10000 yuan per smallest pricing pack, where no order and no reference says it
    person_id     bigint      NOT NULL,
    noted_at      timestamptz NOT NULL,
    CONSTRAINT batch_fact_is_one PRIMARY KEY (consortium_id, batch_id),
    CONSTRAINT batch_fact_is_of_a_batch FOREIGN KEY (consortium_id, batch_id) REFERENCES stock_ledger.batch,
    CONSTRAINT batch_fact_is_noted_by_a_person FOREIGN KEY (consortium_id, person_id) REFERENCES identity.person,
    CONSTRAINT batch_price_is_positive CHECK (pack_price > 0)
);
ALTER TABLE insurance_uploads.batch_fact ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON insurance_uploads.batch_fact
    USING (consortium_id = nullif(current_setting('lianyao.consortium_id', true), '')::bigint);

-- The number of a pharmacist's licence to practise, which sales name.
CREATE TABLE insurance_uploads.pharmacist_licence (
    consortium_id bigint      NOT NULL,
    person_id     bigint      NOT NULL,
    number        text        NOT NULL,
    noted_by_id   bigint      NOT NULL,
    noted_at      timestamptz NOT NULL,
    CONSTRAINT pharmacist_has_one_licence PRIMARY KEY (consortium_id, person_id),
    CONSTRAINT licence_is_of_a_person FOREIGN KEY (consortium_id, person_id) REFERENCES identity.person,
    CONSTRAINT licence_is_noted_by_a_person FOREIGN KEY (consortium_id, noted_by_id) REFERENCES identity.person,
    CONSTRAINT licence_has_a_number CHECK (number <> '')
);
ALTER TABLE insurance_uploads.pharmacist_licence ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON insurance_uploads.pharmacist_licence
    USING (consortium_id = nullif(current_setting('lianyao.consortium_id', true), '')::bigint);

-- Which articles may be sold without a prescription; all others need one.
CREATE TABLE insurance_uploads.article_sale (
    consortium_id bigint      NOT NULL REFERENCES parties.consortium,
    article_id    bigint      NOT NULL REFERENCES formulary.article,
    sale          text        NOT NULL,
    noted_by_id   bigint      NOT NULL,
    noted_at      timestamptz NOT NULL,
    CONSTRAINT article_is_sold_one_way PRIMARY KEY (consortium_id, article_id),
    CONSTRAINT sale_is_noted_by_a_person FOREIGN KEY (consortium_id, noted_by_id) REFERENCES identity.person,
    CONSTRAINT sale_is_known CHECK (sale IN ('over-the-counter', 'prescription', 'both'))
);
ALTER TABLE insurance_uploads.article_sale ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON insurance_uploads.article_sale
    USING (consortium_id = nullif(current_setting('lianyao.consortium_id', true), '')::bigint);

GRANT USAGE ON SCHEMA insurance_uploads TO lianyao_application;
GRANT SELECT, INSERT, UPDATE (platform, code, name, begins_after, is_active, registered_at, person_id)
    ON insurance_uploads.institution TO lianyao_application;
GRANT SELECT, INSERT, UPDATE (settled_through, mark, mark_transaction, fed_at) ON insurance_uploads.feed TO lianyao_application;
GRANT SELECT, INSERT ON insurance_uploads.taken TO lianyao_application;
GRANT SELECT, INSERT, UPDATE (units, told) ON insurance_uploads.serial TO lianyao_application;
GRANT SELECT, INSERT, UPDATE (accepted_at, platform_record) ON insurance_uploads.record TO lianyao_application;
GRANT SELECT, INSERT, UPDATE (made_on, pack_price, person_id, noted_at) ON insurance_uploads.batch_fact TO lianyao_application;
GRANT SELECT, INSERT, UPDATE (number, noted_by_id, noted_at) ON insurance_uploads.pharmacist_licence TO lianyao_application;
GRANT SELECT, INSERT, UPDATE (sale, noted_by_id, noted_at) ON insurance_uploads.article_sale TO lianyao_application;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA insurance_uploads TO lianyao_application;
