-- Editions of catalogues of articles: what each file said otherwise than what was on record, looked at before it is
-- accepted and kept afterwards. Shared by all consortia, as articles are.
CREATE TABLE formulary.edition (
    edition_id    uuid        PRIMARY KEY,
    edition_no    bigint      GENERATED ALWAYS AS IDENTITY,  -- in the order of arrival
    catalogue     text        NOT NULL,  -- the catalogue's name; empty for a file that adds and changes, and withdraws nothing
    label         text        NOT NULL,  -- which edition of it: 2024, 2025-03
    status        text        NOT NULL,
    valid_from    date        NOT NULL,  -- what it no longer names is withdrawn as of this day
    file_sha256   text        NOT NULL,  -- of the whole file, lower-case hex
    file_bytes    bigint      NOT NULL,
    encoding      text        NOT NULL,
    row_count     integer     NOT NULL,
    skipped       integer     NOT NULL,  -- rows that cannot be used
    unchanged     integer     NOT NULL,  -- rows that say what is on record
    added         integer     NOT NULL,
    listed        integer     NOT NULL,  -- known already, and new to this catalogue
    changed       integer     NOT NULL,  -- in anything, the price included
    price_changed integer     NOT NULL,
    returned      integer     NOT NULL,
    withdrawn     integer     NOT NULL,
    delisted      integer     NOT NULL,  -- no longer named here, and named by another catalogue still
    based_on      bigint      NOT NULL,  -- the last number accepted when it was compared; 0 before the first
    number        bigint,                -- 1, 2, … in the order of acceptance, over all catalogues
    proposed_at   timestamptz NOT NULL,
    decided_at    timestamptz,
    CONSTRAINT edition_no_is_unique UNIQUE (edition_no),
    CONSTRAINT edition_number_is_unique UNIQUE (number),
    CONSTRAINT edition_status_is_known CHECK (status IN ('proposed', 'accepted', 'discarded')),
    CONSTRAINT edition_encoding_is_known CHECK (encoding IN ('UTF-8', 'GB 18030')),
    CONSTRAINT accepted_edition_has_a_number CHECK ((status = 'accepted') = (number IS NOT NULL)),
    CONSTRAINT edition_is_decided_once_it_is_not_proposed CHECK ((status = 'proposed') = (decided_at IS NULL)),
    CONSTRAINT edition_of_no_catalogue_withdraws_nothing CHECK (catalogue <> '' OR listed + withdrawn + delisted = 0)
);
CREATE UNIQUE INDEX edition_is_accepted_once ON formulary.edition (catalogue, label)
    WHERE status = 'accepted' AND catalogue <> '';

-- What one edition says otherwise. Of an added article the number is set aside when the edition is proposed.
CREATE TABLE formulary.edition_change (
    edition_id      uuid    NOT NULL REFERENCES formulary.edition,
    article_id      bigint  NOT NULL,
    change          text    NOT NULL,
    line            integer,            -- of the file; none for what it does not name
    is_listed       boolean NOT NULL,   -- whether the edition's catalogue names the article from then on
    fields          text[]  NOT NULL,   -- those that differ, by their column here
    before          jsonb,              -- those fields as they were
    product_id      bigint,             -- from here on: the article as the edition has it
    manufacturer    text,
    insurance_code  text,
    trade_name      text,
    approval_number text,
    base_code       text,
    gtin            text,
    pack_size       bigint,             -- base units in one pack
    pack_unit       text,
    pack_text       text,
    reference_price bigint,             -- 1/10000 yuan per pack
    PRIMARY KEY (edition_id, article_id),
    CONSTRAINT edition_change_is_known CHECK (change IN (
        'added', 'listed', 'changed', 'returned', 'withdrawn', 'delisted')),
    CONSTRAINT what_is_not_named_has_no_line CHECK ((change IN ('withdrawn', 'delisted')) = (line IS NULL)),
    CONSTRAINT what_differs_says_what_it_was CHECK ((fields = '{}') = (before IS NULL)),
    CONSTRAINT changed_article_differs CHECK (change <> 'changed' OR fields <> '{}')
);
CREATE INDEX edition_change_of_article ON formulary.edition_change (article_id);

-- History is appended to; of an edition only what was decided about it is ever written again.
GRANT SELECT, INSERT ON formulary.edition, formulary.edition_change TO lianyao_application;
GRANT UPDATE (status, number, decided_at) ON formulary.edition TO lianyao_application;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA formulary TO lianyao_application;
