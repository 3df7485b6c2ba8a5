-- What each consortium may order and prescribe, by version; dictionaries; search of products by name, reading and code.

-- Dictionaries, shared by all consortia.
CREATE TABLE formulary.unit (
    code    text PRIMARY KEY,
    chinese text NOT NULL,
    english text NOT NULL,
    kind    text NOT NULL,
    CONSTRAINT unit_kind_is_known CHECK (kind IN ('count', 'volume', 'mass'))
);

CREATE TABLE formulary.dosage_form (
    code    text PRIMARY KEY,
    chinese text NOT NULL,
    english text NOT NULL,
    route   text NOT NULL
);

CREATE TABLE formulary.order_frequency (
    code            text     PRIMARY KEY,
    chinese         text     NOT NULL,
    english         text     NOT NULL,
    cycle_hours     smallint NOT NULL,  -- hours; 0 where it is given once or when needed
    times_per_cycle smallint NOT NULL,
    CONSTRAINT cycle_is_at_most_a_year CHECK (cycle_hours BETWEEN 0 AND 8784),
    CONSTRAINT something_is_given_in_a_cycle CHECK (times_per_cycle BETWEEN 1 AND 48)
);

CREATE TABLE formulary.facility_type (
    code    text PRIMARY KEY,
    chinese text NOT NULL,
    english text NOT NULL,
    level   text NOT NULL,
    CONSTRAINT facility_type_level_is_known CHECK (level IN ('city', 'county', 'township', 'village'))
);

GRANT SELECT, INSERT, UPDATE ON formulary.unit, formulary.dosage_form, formulary.order_frequency, formulary.facility_type
   TO lianyao_application;

-- A consortium's formulary. The version in force on a day is the published one that began last.
CREATE TABLE formulary.version (
    consortium_id  bigint      NOT NULL REFERENCES parties.consortium,
    version_id     uuid        NOT NULL,
    number         integer     NOT NULL,  -- 1, 2, … within the consortium
    status         text        NOT NULL,
    valid_from     date,                  -- the first day in force
    note           text        NOT NULL,
    drafted_by     bigint      NOT NULL,
    drafted_at     timestamptz NOT NULL,
    published_by   bigint,
    published_at   timestamptz,
    entries        integer,               -- when it was published
    content_sha256 text,                  -- of its entries when it was published, lower-case hex
    PRIMARY KEY (consortium_id, version_id),
    CONSTRAINT version_number_is_unique UNIQUE (consortium_id, number),
    CONSTRAINT version_is_drafted_by_a_person FOREIGN KEY (consortium_id, drafted_by) REFERENCES identity.person,
    CONSTRAINT version_is_published_by_a_person FOREIGN KEY (consortium_id, published_by) REFERENCES identity.person,
    CONSTRAINT version_status_is_known CHECK (status IN ('draft', 'published', 'withdrawn')),
    CONSTRAINT published_version_says_from_when_and_what CHECK (status <> 'published' OR
        num_nonnulls(valid_from, published_by, published_at, entries, content_sha256) = 5),
    CONSTRAINT draft_has_not_begun CHECK (status <> 'draft' OR
        num_nonnulls(valid_from, published_by, published_at, entries, content_sha256) = 0),
    CONSTRAINT published_version_is_not_empty CHECK (entries > 0)
);
CREATE UNIQUE INDEX one_version_begins_on_a_day ON formulary.version (consortium_id, valid_from) WHERE status = 'published';
CREATE UNIQUE INDEX one_draft_at_a_time ON formulary.version (consortium_id) WHERE status = 'draft';
ALTER TABLE formulary.version ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON formulary.version USING (consortium_id = nullif(current_setting('lianyao.consortium_id', true), '')::bigint);
GRANT SELECT, INSERT, UPDATE ON formulary.version TO lianyao_application;

CREATE TABLE formulary.entry (
    consortium_id bigint   NOT NULL,
    version_id    uuid     NOT NULL,
    product_id    bigint   NOT NULL REFERENCES formulary.product,
    levels        text[]   NOT NULL,  -- of the facilities that may order and prescribe it
    restriction   text     NOT NULL,
    days_max      smallint,           -- days one prescription may cover
    reason        text     NOT NULL,
    PRIMARY KEY (consortium_id, version_id, product_id),
    CONSTRAINT entry_belongs_to_a_version FOREIGN KEY (consortium_id, version_id) REFERENCES formulary.version,
    CONSTRAINT entry_permits_some_level CHECK (cardinality(levels) > 0),
    CONSTRAINT entry_levels_are_known CHECK (levels <@ ARRAY['city', 'county', 'township', 'village']),
    CONSTRAINT entry_days_are_within_a_year CHECK (days_max BETWEEN 1 AND 365)
);
CREATE INDEX entry_of_product ON formulary.entry (consortium_id, product_id);
ALTER TABLE formulary.entry ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON formulary.entry USING (consortium_id = nullif(current_setting('lianyao.consortium_id', true), '')::bigint);
-- Entries of drafts are rows to be worked on; those of published versions are kept still by the digest of db/verify.
-- What was published stays as it was: entries are written only while their version is a draft.
CREATE POLICY entry_is_of_a_draft_to_be_added ON formulary.entry AS RESTRICTIVE FOR INSERT WITH CHECK (EXISTS (
    SELECT FROM formulary.version WHERE version.consortium_id = entry.consortium_id
                                    AND version.version_id = entry.version_id AND version.status = 'draft'));
CREATE POLICY entry_is_of_a_draft_to_be_changed ON formulary.entry AS RESTRICTIVE FOR UPDATE USING (EXISTS (
    SELECT FROM formulary.version WHERE version.consortium_id = entry.consortium_id
                                    AND version.version_id = entry.version_id AND version.status = 'draft'));
CREATE POLICY entry_is_of_a_draft_to_be_removed ON formulary.entry AS RESTRICTIVE FOR DELETE USING (EXISTS (
    SELECT FROM formulary.version WHERE version.consortium_id = entry.consortium_id
                                    AND version.version_id = entry.version_id AND version.status = 'draft'));
GRANT SELECT, INSERT, UPDATE, DELETE ON formulary.entry TO lianyao_application;

-- SHA-256 over every field of every entry of a version, in the order of products.
CREATE FUNCTION formulary.digest_of_entries(of_consortium bigint, of_version uuid) RETURNS text
LANGUAGE sql STABLE AS $$
    SELECT encode(sha256(convert_to(coalesce(string_agg(
               jsonb_build_array(product_id, levels, restriction, days_max, reason)::text, E'\n' ORDER BY product_id), ''),
               'UTF8')), 'hex')
      FROM formulary.entry
     WHERE consortium_id = of_consortium AND version_id = of_version
$$;

-- Search. Names are compared in lower case and with half-width brackets; readings without blanks; codes by prefix.
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE INDEX product_by_name     ON formulary.product USING gin (lower(translate(generic_name, '（）', '()')) gin_trgm_ops);
CREATE INDEX product_by_english  ON formulary.product USING gin (lower(english_name) gin_trgm_ops);
CREATE INDEX product_by_reading  ON formulary.product USING gin (replace(pinyin, ' ', '') gin_trgm_ops);
CREATE INDEX product_by_initials ON formulary.product USING gin (pinyin_initials gin_trgm_ops);
CREATE INDEX article_by_trade_name      ON formulary.article USING gin (lower(trade_name) gin_trgm_ops);
CREATE INDEX article_by_insurance_code  ON formulary.article (insurance_code text_pattern_ops);
CREATE INDEX article_by_approval_number ON formulary.article (approval_number text_pattern_ops);
CREATE INDEX article_by_base_code       ON formulary.article (base_code text_pattern_ops);
CREATE INDEX article_by_gtin            ON formulary.article (gtin text_pattern_ops);
CREATE INDEX article_of_manufacturer    ON formulary.article (manufacturer_id);
