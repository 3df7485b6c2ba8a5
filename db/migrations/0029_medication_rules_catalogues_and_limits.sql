-- What clinical rules know, edition by edition, shared by all consortia; and the numeric limits of prescriptions by region.
CREATE SCHEMA medication_rules;

-- One edition holds all its rows. It is never changed, so that a finding can be had again.
CREATE TABLE medication_rules.edition (
    edition_id  bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    version     text        NOT NULL,  -- as the edition names itself: '2026.1'
    sha256      text        NOT NULL,  -- of all its files
    imported_at timestamptz NOT NULL,
    CONSTRAINT edition_version_is_imported_once UNIQUE (version),
    CONSTRAINT sha256_is_lower_case_hex CHECK (sha256 ~ '^[0-9a-f]{64}$')
);

CREATE TABLE medication_rules.substance_group (
    edition_id bigint NOT NULL REFERENCES medication_rules.edition,
    code       text   NOT NULL,
    chinese    text   NOT NULL,
    english    text   NOT NULL,
    PRIMARY KEY (edition_id, code)
);

CREATE TABLE medication_rules.substance (
    edition_id bigint  NOT NULL REFERENCES medication_rules.edition,
    code       text    NOT NULL,
    chinese    text    NOT NULL,
    english    text    NOT NULL,
    is_piece   boolean NOT NULL,  -- a herbal piece
    names      text[]  NOT NULL,  -- parts of generic names
    excluding  text[]  NOT NULL,  -- parts of generic names that hold one and name something else
    groups     text[]  NOT NULL,
    PRIMARY KEY (edition_id, code),
    CONSTRAINT substance_has_a_name CHECK (names <> '{}')
);

CREATE TABLE medication_rules.interaction (
    edition_id     bigint NOT NULL REFERENCES medication_rules.edition,
    code           text   NOT NULL,
    first_code     text   NOT NULL,  -- a substance or a group
    first_route    text,             -- the only way of giving it that matters
    second_code    text   NOT NULL,
    second_route   text,
    severity       text   NOT NULL,
    effect_chinese text   NOT NULL,
    effect_english text   NOT NULL,
    advice_chinese text   NOT NULL,
    advice_english text   NOT NULL,
    source         text   NOT NULL,
    PRIMARY KEY (edition_id, code),
    CONSTRAINT interaction_severity_is_known CHECK (severity IN ('contraindicated', 'severe', 'moderate'))
);

CREATE TABLE medication_rules.allergen (
    edition_id     bigint NOT NULL REFERENCES medication_rules.edition,
    code           text   NOT NULL,
    chinese        text   NOT NULL,
    english        text   NOT NULL,
    names          text[] NOT NULL,
    members        text[] NOT NULL,
    cross_reacting text[] NOT NULL,
    source         text   NOT NULL,
    PRIMARY KEY (edition_id, code)
);

-- Amounts are written as on labels: '0.5g', '40万IU'; ages: '18y', '6m', '28d'.
CREATE TABLE medication_rules.dose_limit (
    edition_id           bigint NOT NULL REFERENCES medication_rules.edition,
    code                 text   NOT NULL,
    substance            text   NOT NULL,
    route                text   NOT NULL,
    age_from             text,
    age_under            text,
    single_least         text,
    single_most          text,
    day_most             text,
    kilogram_single_most text,
    kilogram_day_most    text,
    hours_apart          integer,
    source               text   NOT NULL,
    PRIMARY KEY (edition_id, code),
    CONSTRAINT dose_limit_is_of_a_substance FOREIGN KEY (edition_id, substance) REFERENCES medication_rules.substance,
    CONSTRAINT hours_apart_are_positive CHECK (hours_apart > 0)
);

CREATE TABLE medication_rules.person_limit (
    edition_id     bigint NOT NULL REFERENCES medication_rules.edition,
    code           text   NOT NULL,
    names          text[] NOT NULL,
    members        text[] NOT NULL,
    under_age      text,
    from_age       text,
    not_for        text,
    severity       text   NOT NULL,
    reason_chinese text   NOT NULL,
    reason_english text   NOT NULL,
    source         text   NOT NULL,
    PRIMARY KEY (edition_id, code),
    CONSTRAINT person_limit_has_one_condition CHECK (num_nonnulls(under_age, from_age, not_for) = 1),
    CONSTRAINT person_limit_severity_is_known CHECK (severity IN ('note', 'warning', 'override', 'block'))
);

CREATE TABLE medication_rules.long_diagnosis (
    edition_id bigint NOT NULL REFERENCES medication_rules.edition,
    icd_prefix text   NOT NULL,
    chinese    text   NOT NULL,
    english    text   NOT NULL,
    source     text   NOT NULL,
    PRIMARY KEY (edition_id, icd_prefix)
);

CREATE TABLE medication_rules.long_exclusion (
    edition_id bigint NOT NULL REFERENCES medication_rules.edition,
    drug_class text   NOT NULL,
    chinese    text   NOT NULL,
    english    text   NOT NULL,
    lifted_by  text[] NOT NULL,  -- beginnings of codes of ICD-10
    source     text   NOT NULL,
    PRIMARY KEY (edition_id, drug_class)
);

CREATE TABLE medication_rules.institution_limit (
    edition_id     bigint NOT NULL REFERENCES medication_rules.edition,
    code           text   NOT NULL,
    names          text[] NOT NULL,
    members        text[] NOT NULL,
    lowest_level   text   NOT NULL,
    severity       text   NOT NULL,
    reason_chinese text   NOT NULL,
    reason_english text   NOT NULL,
    source         text   NOT NULL,
    PRIMARY KEY (edition_id, code),
    CONSTRAINT lowest_level_is_known CHECK (lowest_level IN ('city', 'county', 'township', 'village')),
    CONSTRAINT institution_limit_severity_is_known CHECK (severity IN ('note', 'warning', 'override', 'block'))
);

CREATE TABLE medication_rules.duplicate_exception (
    edition_id bigint NOT NULL REFERENCES medication_rules.edition,
    kind       text   NOT NULL,
    member     text   NOT NULL,
    chinese    text   NOT NULL,
    english    text   NOT NULL,
    source     text   NOT NULL,
    PRIMARY KEY (edition_id, kind, member),
    CONSTRAINT exception_kind_is_known CHECK (kind IN ('class', 'substance'))
);

-- Limits of the country, a province or a city, by division code (GB/T 2260); what follows a row is put beside it.
CREATE TABLE medication_rules.limit_value (
    key           text    NOT NULL,
    scope         text    NOT NULL,
    region        text    NOT NULL,  -- six digits; '000000' is the country
    value         integer NOT NULL,
    valid_from    date    NOT NULL,
    valid_through date,              -- the last day; none: until further notice
    source        text    NOT NULL,
    CONSTRAINT region_says_a_limit_once_a_day PRIMARY KEY (key, region, valid_from),
    CONSTRAINT limit_scope_fits_its_region CHECK (
        CASE scope WHEN 'national' THEN region = '000000' WHEN 'province' THEN region ~ '^[1-9][0-9]0000$'
                   WHEN 'city' THEN region ~ '^[1-9][0-9]{3}00$' AND region !~ '0000$' ELSE false END),
    CONSTRAINT limit_is_not_negative CHECK (value >= 0),
    CONSTRAINT limit_ends_after_it_begins CHECK (valid_through >= valid_from)
);
INSERT INTO medication_rules.limit_value (key, scope, region, value, valid_from, source) VALUES
    ('products-most', 'national', '000000', 5, '2007-05-01', '处方管理办法 R-RX-06'),
    ('validity-days-most', 'national', '000000', 3, '2007-05-01', '处方管理办法 R-RX-02'),
    ('ordinary-days', 'national', '000000', 7, '2007-05-01', '处方管理办法 R-RX-03'),
    ('emergency-days', 'national', '000000', 3, '2007-05-01', '处方管理办法 R-RX-04'),
    ('herbal-days', 'national', '000000', 7, '2007-05-01', '处方管理办法 R-RX-03, R-RX-07'),
    ('psychotropic-2-days', 'national', '000000', 7, '2007-05-01', '处方管理办法 §3 controlled drugs'),
    ('toxic-days', 'national', '000000', 2, '1988-12-27', '医疗用毒性药品管理办法 art. 9'),
    ('methylphenidate-days', 'national', '000000', 15, '2007-05-01', '处方管理办法 §3 controlled drugs'),
    ('narcotic-sustained-days', 'national', '000000', 7, '2007-05-01', '处方管理办法 §3 controlled drugs'),
    ('narcotic-other-days', 'national', '000000', 3, '2007-05-01', '处方管理办法 §3 controlled drugs'),
    ('narcotic-pain-sustained-days', 'national', '000000', 15, '2007-05-01', '处方管理办法 §3 controlled drugs'),
    ('narcotic-pain-other-days', 'national', '000000', 7, '2007-05-01', '处方管理办法 §3 controlled drugs'),
    ('narcotic-pain-injection-days', 'national', '000000', 3, '2007-05-01', '处方管理办法 §3 controlled drugs'),
    ('long-days', 'national', '000000', 28, '2021-08-01', '长期处方管理规范 R-LP-04'),
    ('long-days-most', 'national', '000000', 84, '2021-08-01', '长期处方管理规范 R-LP-04'),
    ('long-renewal-days', 'national', '000000', 7, '2021-08-01', '长期处方管理规范 R-LP-04, design rule'),
    ('pack-rounding-days', 'national', '000000', 0, '2021-08-01', '长期处方管理规范 R-LP-04, design rule'),
    ('long-cold-storage', 'national', '000000', 0, '2021-08-01', '长期处方管理规范 R-LP-03'),
    ('instalment-days-most', 'national', '000000', 28, '2021-08-01', '长期处方管理规范 §4 split dispensing, design rule'),
    ('instalment-early-days', 'national', '000000', 7, '2021-08-01', '长期处方管理规范 §4 split dispensing, design rule'),
    ('instalment-grace-days', 'national', '000000', 7, '2021-08-01', '长期处方管理规范 §4 split dispensing, design rule'),
    ('follow-up-days', 'national', '000000', 28, '2021-08-01', '长期处方管理规范 R-LP-08, design rule'),
    ('assessment-days-most', 'national', '000000', 14, '2021-08-01', '长期处方管理规范 R-LP-08, design rule'),
    ('reserve-days', 'national', '000000', 7, '2021-08-01', 'design rule');

-- In which city a consortium practises.
CREATE TABLE medication_rules.practice_region (
    consortium_id  bigint      NOT NULL REFERENCES parties.consortium,
    region         text        NOT NULL,  -- six digits
    declared_by_id bigint      NOT NULL,
    declared_at    timestamptz NOT NULL,
    PRIMARY KEY (consortium_id),
    CONSTRAINT region_has_six_digits CHECK (region ~ '^[1-9][0-9]{5}$'),
    CONSTRAINT region_is_declared_by_a_person FOREIGN KEY (consortium_id, declared_by_id) REFERENCES identity.person
);
ALTER TABLE medication_rules.practice_region ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON medication_rules.practice_region
    USING (consortium_id = nullif(current_setting('lianyao.consortium_id', true), '')::bigint);

-- A consortium's own limits; of those that hold on a day the one set last counts.
CREATE TABLE medication_rules.consortium_limit (
    consortium_id bigint      NOT NULL REFERENCES parties.consortium,
    limit_id      bigint      NOT NULL GENERATED ALWAYS AS IDENTITY,
    key           text        NOT NULL,
    value         integer     NOT NULL,
    valid_from    date        NOT NULL,
    valid_through date,
    reason        text        NOT NULL,
    set_by_id     bigint      NOT NULL,
    set_at        timestamptz NOT NULL,
    PRIMARY KEY (consortium_id, limit_id),
    CONSTRAINT own_limit_is_not_negative CHECK (value >= 0),
    CONSTRAINT own_limit_has_a_reason CHECK (reason <> ''),
    CONSTRAINT own_limit_ends_after_it_begins CHECK (valid_through >= valid_from),
    CONSTRAINT own_limit_is_set_by_a_person FOREIGN KEY (consortium_id, set_by_id) REFERENCES identity.person
);
CREATE INDEX own_limits_by_key ON medication_rules.consortium_limit (consortium_id, key, limit_id DESC);
ALTER TABLE medication_rules.consortium_limit ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON medication_rules.consortium_limit
    USING (consortium_id = nullif(current_setting('lianyao.consortium_id', true), '')::bigint);

GRANT USAGE ON SCHEMA medication_rules TO lianyao_application;
GRANT SELECT ON ALL TABLES IN SCHEMA medication_rules TO lianyao_application;
GRANT INSERT ON medication_rules.consortium_limit TO lianyao_application;
GRANT INSERT, UPDATE (region, declared_by_id, declared_at) ON medication_rules.practice_region TO lianyao_application;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA medication_rules TO lianyao_application;
