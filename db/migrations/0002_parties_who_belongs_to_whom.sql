-- Who takes part: consortia with their facilities and stores; companies that make and supply, with their licences.
CREATE SCHEMA parties;

CREATE TABLE parties.consortium (
    consortium_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    code          text   NOT NULL,
    name          text   NOT NULL,
    shape         text   NOT NULL,
    CONSTRAINT consortium_code_is_unique UNIQUE (code),
    CONSTRAINT consortium_shape_is_known CHECK (shape IN (
        'county-community', 'urban-group', 'whole-branch-group', 'specialty-alliance', 'remote-network'))
);

CREATE TABLE parties.facility (
    consortium_id bigint  NOT NULL REFERENCES parties.consortium,
    facility_id   bigint  NOT NULL GENERATED ALWAYS AS IDENTITY,
    code          text    NOT NULL,
    name          text    NOT NULL,
    level         text    NOT NULL,
    role          text    NOT NULL,
    serves_as     text    NOT NULL,
    is_active     boolean NOT NULL DEFAULT true,
    PRIMARY KEY (consortium_id, facility_id),
    CONSTRAINT facility_code_is_unique UNIQUE (consortium_id, code),
    CONSTRAINT facility_level_is_known CHECK (level IN ('city', 'county', 'township', 'village')),
    CONSTRAINT facility_role_is_known CHECK (role IN ('lead', 'member'))
);
CREATE UNIQUE INDEX a_consortium_has_one_lead ON parties.facility (consortium_id) WHERE role = 'lead';
ALTER TABLE parties.facility ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON parties.facility USING (consortium_id = nullif(current_setting('lianyao.consortium_id', true), '')::bigint);

CREATE TABLE parties.store (
    consortium_id bigint  NOT NULL,
    store_id      bigint  NOT NULL GENERATED ALWAYS AS IDENTITY,
    facility_id   bigint  NOT NULL,
    code          text    NOT NULL,
    name          text    NOT NULL,
    kind          text    NOT NULL,
    PRIMARY KEY (consortium_id, store_id),
    CONSTRAINT store_code_is_unique UNIQUE (consortium_id, code),
    CONSTRAINT store_belongs_to_a_facility FOREIGN KEY (consortium_id, facility_id) REFERENCES parties.facility,
    CONSTRAINT store_kind_is_known CHECK (kind IN ('central', 'pharmacy', 'clinic'))
);
ALTER TABLE parties.store ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON parties.store USING (consortium_id = nullif(current_setting('lianyao.consortium_id', true), '')::bigint);

-- Companies and licences are facts about the country, shared by all consortia.
CREATE TABLE parties.company (
    company_id      bigint  GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name            text    NOT NULL,
    credit_code     text,   -- unified social credit code, 18 characters
    is_manufacturer boolean NOT NULL DEFAULT false,
    is_supplier     boolean NOT NULL DEFAULT false,
    CONSTRAINT company_name_is_unique UNIQUE (name),
    CONSTRAINT company_credit_code_is_unique UNIQUE (credit_code),
    CONSTRAINT credit_code_has_18_characters CHECK (credit_code ~ '^[0-9A-HJ-NPQRTUWXY]{18}$')
);

CREATE TABLE parties.licence (
    company_id    bigint NOT NULL REFERENCES parties.company,
    kind          text   NOT NULL,
    number        text   NOT NULL,
    valid_from    date   NOT NULL,
    valid_through date   NOT NULL,  -- the last valid day
    PRIMARY KEY (company_id, kind, number),
    CONSTRAINT licence_kind_is_known CHECK (kind IN (
        'drug-production', 'drug-distribution', 'device-production', 'device-distribution')),
    CONSTRAINT licence_ends_after_it_begins CHECK (valid_through >= valid_from)
);

GRANT USAGE ON SCHEMA parties TO lianyao_application;
GRANT SELECT ON parties.consortium TO lianyao_application;
GRANT SELECT, INSERT, UPDATE ON parties.facility, parties.store, parties.company, parties.licence TO lianyao_application;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA parties TO lianyao_application;
