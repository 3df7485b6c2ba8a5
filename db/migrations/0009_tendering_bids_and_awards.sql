-- Packages of products are offered to invited suppliers; bids are sealed until they are opened; awards keep their reasons.
CREATE SCHEMA tendering;

CREATE SEQUENCE tendering.tender_serial;
CREATE TABLE tendering.tender (
    consortium_id bigint      NOT NULL REFERENCES parties.consortium,
    tender_id     uuid        NOT NULL,
    serial        bigint      NOT NULL,
    number        text        NOT NULL,  -- 'ZB-2026-000123', for people
    title         text        NOT NULL,
    bids_close_at timestamptz NOT NULL,  -- no bid is taken from this moment on
    opens_at      timestamptz NOT NULL,  -- no bid is opened before this moment
    state         text        NOT NULL,
    drafted_by_id bigint      NOT NULL,
    drafted_at    timestamptz NOT NULL,
    published_at  timestamptz,
    opened_at     timestamptz,
    awarded_at    timestamptz,
    cancelled_at  timestamptz,
    reason        text        NOT NULL DEFAULT '',  -- why it was cancelled
    PRIMARY KEY (consortium_id, tender_id),
    CONSTRAINT tender_number_is_unique UNIQUE (consortium_id, number),
    CONSTRAINT tender_serial_is_unique UNIQUE (consortium_id, serial),
    CONSTRAINT tender_has_a_title CHECK (title <> ''),
    CONSTRAINT bids_close_before_they_are_opened CHECK (bids_close_at <= opens_at),
    CONSTRAINT tender_state_is_known CHECK (state IN ('draft', 'published', 'opened', 'awarded', 'cancelled')),
    CONSTRAINT nothing_is_opened_before_its_time CHECK (opened_at >= opens_at),
    CONSTRAINT opened_tender_has_its_time CHECK (state NOT IN ('opened', 'awarded') OR opened_at IS NOT NULL),
    CONSTRAINT awarded_tender_has_its_time CHECK ((state = 'awarded') = (awarded_at IS NOT NULL)),
    CONSTRAINT cancellation_has_a_reason CHECK ((state = 'cancelled') = (reason <> ''))
);
ALTER TABLE tendering.tender ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON tendering.tender USING (consortium_id = nullif(current_setting('lianyao.consortium_id', true), '')::bigint);

-- A quantity of one product, for which suppliers bid. The ceiling is an exact price per base unit: a price for a
-- number of units.
CREATE TABLE tendering.tender_package (
    consortium_id  bigint    NOT NULL,
    tender_id      uuid      NOT NULL,
    package_number integer   NOT NULL,  -- 1, 2, … within the tender
    product_id     bigint    NOT NULL REFERENCES formulary.product,
    quantity       bigint    NOT NULL,  -- base units
    ceiling_price  bigint    NOT NULL,  -- 1/10000 yuan for ceiling_units base units
    ceiling_units  bigint    NOT NULL,  -- base units
    winners_max    integer,             -- none: as many as it takes
    shares         integer[] NOT NULL,  -- per mille by rank; empty: lowest first until the quantity is met
    PRIMARY KEY (consortium_id, tender_id, package_number),
    CONSTRAINT package_is_of_a_tender FOREIGN KEY (consortium_id, tender_id) REFERENCES tendering.tender,
    CONSTRAINT package_number_counts_from_one CHECK (package_number > 0),
    CONSTRAINT package_asks_for_something CHECK (quantity > 0),
    CONSTRAINT ceiling_is_a_price CHECK (ceiling_price > 0 AND ceiling_units BETWEEN 1 AND 1000000),
    CONSTRAINT somebody_may_win CHECK (winners_max > 0),
    CONSTRAINT each_winner_has_a_share CHECK (cardinality(shares) = 0 OR winners_max = cardinality(shares))
);
ALTER TABLE tendering.tender_package ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON tendering.tender_package
    USING (consortium_id = nullif(current_setting('lianyao.consortium_id', true), '')::bigint);

-- Another strength of the package's medicine that may be offered for it, under a ceiling of its own.
CREATE TABLE tendering.package_alternative (
    consortium_id  bigint  NOT NULL,
    tender_id      uuid    NOT NULL,
    package_number integer NOT NULL,
    product_id     bigint  NOT NULL REFERENCES formulary.product,
    ceiling_price  bigint  NOT NULL,  -- 1/10000 yuan for ceiling_units base units
    ceiling_units  bigint  NOT NULL,  -- base units
    PRIMARY KEY (consortium_id, tender_id, package_number, product_id),
    CONSTRAINT alternative_is_of_a_package FOREIGN KEY (consortium_id, tender_id, package_number)
        REFERENCES tendering.tender_package,
    CONSTRAINT ceiling_is_a_price CHECK (ceiling_price > 0 AND ceiling_units BETWEEN 1 AND 1000000)
);
ALTER TABLE tendering.package_alternative ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON tendering.package_alternative
    USING (consortium_id = nullif(current_setting('lianyao.consortium_id', true), '')::bigint);

CREATE TABLE tendering.invitation (
    consortium_id bigint      NOT NULL,
    tender_id     uuid        NOT NULL,
    company_id    bigint      NOT NULL REFERENCES parties.company,
    invited_at    timestamptz NOT NULL,
    PRIMARY KEY (consortium_id, tender_id, company_id),
    CONSTRAINT invitation_is_to_a_tender FOREIGN KEY (consortium_id, tender_id) REFERENCES tendering.tender
);
CREATE INDEX invitation_of_company ON tendering.invitation (consortium_id, company_id);
ALTER TABLE tendering.invitation ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON tendering.invitation USING (consortium_id = nullif(current_setting('lianyao.consortium_id', true), '')::bigint);

CREATE TABLE tendering.bid (
    consortium_id    bigint      NOT NULL,
    bid_id           uuid        NOT NULL,
    tender_id        uuid        NOT NULL,
    package_number   integer     NOT NULL,
    company_id       bigint      NOT NULL REFERENCES parties.company,
    article_id       bigint      NOT NULL REFERENCES formulary.article,
    product_id       bigint      NOT NULL REFERENCES formulary.product,
    pack_price       bigint      NOT NULL,  -- 1/10000 yuan
    pack_size        bigint      NOT NULL,  -- base units, as the article had it when the bid was made
    offered_quantity bigint      NOT NULL,  -- base units the supplier can deliver
    submitted_at     timestamptz NOT NULL,
    state            text        NOT NULL,
    reason_chinese   text        NOT NULL DEFAULT '',  -- why it is out, or did not win
    reason_english   text        NOT NULL DEFAULT '',
    PRIMARY KEY (consortium_id, bid_id),
    CONSTRAINT bid_is_by_an_invited_company FOREIGN KEY (consortium_id, tender_id, company_id)
        REFERENCES tendering.invitation,
    CONSTRAINT bid_is_for_a_package FOREIGN KEY (consortium_id, tender_id, package_number)
        REFERENCES tendering.tender_package,
    CONSTRAINT bid_offers_something CHECK (offered_quantity > 0 AND pack_size > 0),
    CONSTRAINT bid_has_a_price CHECK (pack_price > 0),
    CONSTRAINT bid_state_is_known CHECK (state IN ('sealed', 'valid', 'rejected', 'withdrawn')),
    CONSTRAINT bid_that_is_out_says_why CHECK (
        state IN ('sealed', 'valid') OR (reason_chinese <> '' AND reason_english <> ''))
);
CREATE UNIQUE INDEX one_live_bid_per_article
    ON tendering.bid (consortium_id, tender_id, package_number, company_id, article_id) WHERE state IN ('sealed', 'valid');
ALTER TABLE tendering.bid ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON tendering.bid USING (consortium_id = nullif(current_setting('lianyao.consortium_id', true), '')::bigint);

CREATE TABLE tendering.award (
    consortium_id  bigint  NOT NULL,
    tender_id      uuid    NOT NULL,
    package_number integer NOT NULL,
    award_number   integer NOT NULL,  -- 1, 2, … within the package, best offer first
    bid_id         uuid    NOT NULL,
    company_id     bigint  NOT NULL REFERENCES parties.company,
    article_id     bigint  NOT NULL REFERENCES formulary.article,
    quantity       bigint  NOT NULL,  -- base units
    pack_price     bigint  NOT NULL,  -- 1/10000 yuan, as bid
    pack_size      bigint  NOT NULL,  -- base units, as bid
    is_deviation   boolean NOT NULL,  -- an officer decided otherwise than the evaluation
    reason_chinese text    NOT NULL,
    reason_english text    NOT NULL,
    PRIMARY KEY (consortium_id, tender_id, package_number, award_number),
    CONSTRAINT award_is_of_a_bid FOREIGN KEY (consortium_id, bid_id) REFERENCES tendering.bid,
    CONSTRAINT award_is_of_a_package FOREIGN KEY (consortium_id, tender_id, package_number)
        REFERENCES tendering.tender_package,
    CONSTRAINT bid_is_awarded_once UNIQUE (consortium_id, bid_id),
    CONSTRAINT award_grants_something CHECK (quantity > 0),
    CONSTRAINT award_has_a_reason CHECK (reason_chinese <> '' AND reason_english <> '')
);
ALTER TABLE tendering.award ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON tendering.award USING (consortium_id = nullif(current_setting('lianyao.consortium_id', true), '')::bigint);

GRANT USAGE ON SCHEMA tendering TO lianyao_application;
GRANT SELECT, INSERT, UPDATE ON tendering.tender, tendering.invitation, tendering.bid TO lianyao_application;
GRANT SELECT, INSERT ON tendering.tender_package, tendering.package_alternative, tendering.award TO lianyao_application;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA tendering TO lianyao_application;
