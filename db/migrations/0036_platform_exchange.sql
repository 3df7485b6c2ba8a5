-- What provincial platforms are told and asked, and what they say. A platform is a code of Catalogs/platforms.
CREATE SCHEMA platform_exchange;

-- Whom a platform knows a consortium as.
CREATE TABLE platform_exchange.account (
    consortium_id bigint  NOT NULL REFERENCES parties.consortium,
    platform      text    NOT NULL,
    institution   text    NOT NULL,  -- the platform's code of who orders
    address       text    NOT NULL,  -- 'https://host'; the catalogue's paths go behind it
    authority     text    NOT NULL DEFAULT '',    -- PEM of those who prove the server, where they are private ones
    settings      jsonb   NOT NULL DEFAULT '{}',  -- what is no secret: a contact, an invoice title
    secrets       text    NOT NULL,  -- the name of the file that holds the secrets; they are not kept here
    kinds         text[]  NOT NULL,  -- the kinds of product that are bought there
    is_active     boolean NOT NULL,
    person_id     bigint  NOT NULL,  -- who registered it; what the platform brings about is done in their name
    CONSTRAINT account_is_one_per_platform PRIMARY KEY (consortium_id, platform),
    CONSTRAINT account_has_its_texts CHECK (platform <> '' AND institution <> '' AND address <> '' AND secrets <> ''),
    CONSTRAINT account_buys_something CHECK (cardinality(kinds) > 0)
);
ALTER TABLE platform_exchange.account ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON platform_exchange.account
    USING (consortium_id = nullif(current_setting('lianyao.consortium_id', true), '')::bigint);

-- What the platform calls our articles, suppliers and stores.
CREATE TABLE platform_exchange.article_code (
    consortium_id bigint NOT NULL,
    platform      text   NOT NULL,
    article_id    bigint NOT NULL REFERENCES formulary.article,
    code          text   NOT NULL,
    purchase_kind text   NOT NULL DEFAULT '',  -- the platform's code of how it may be bought
    CONSTRAINT article_has_one_code PRIMARY KEY (consortium_id, platform, article_id),
    CONSTRAINT article_code_is_of_an_account FOREIGN KEY (consortium_id, platform) REFERENCES platform_exchange.account,
    CONSTRAINT article_code_says_something CHECK (code <> '')
);
CREATE INDEX article_by_code ON platform_exchange.article_code (consortium_id, platform, code);
ALTER TABLE platform_exchange.article_code ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON platform_exchange.article_code
    USING (consortium_id = nullif(current_setting('lianyao.consortium_id', true), '')::bigint);

CREATE TABLE platform_exchange.company_code (
    consortium_id bigint NOT NULL,
    platform      text   NOT NULL,
    company_id    bigint NOT NULL REFERENCES parties.company,
    code          text   NOT NULL,
    CONSTRAINT company_has_one_code PRIMARY KEY (consortium_id, platform, company_id),
    CONSTRAINT company_code_is_of_an_account FOREIGN KEY (consortium_id, platform) REFERENCES platform_exchange.account,
    CONSTRAINT company_code_says_something CHECK (code <> '')
);
ALTER TABLE platform_exchange.company_code ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON platform_exchange.company_code
    USING (consortium_id = nullif(current_setting('lianyao.consortium_id', true), '')::bigint);

CREATE TABLE platform_exchange.store_code (
    consortium_id bigint NOT NULL,
    platform      text   NOT NULL,
    store_id      bigint NOT NULL,
    code          text   NOT NULL,  -- of the delivery point or storehouse
    CONSTRAINT store_has_one_code PRIMARY KEY (consortium_id, platform, store_id),
    CONSTRAINT store_code_is_of_an_account FOREIGN KEY (consortium_id, platform) REFERENCES platform_exchange.account,
    CONSTRAINT store_code_is_of_a_store FOREIGN KEY (consortium_id, store_id) REFERENCES parties.store,
    CONSTRAINT store_code_says_something CHECK (code <> '')
);
ALTER TABLE platform_exchange.store_code ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON platform_exchange.store_code
    USING (consortium_id = nullif(current_setting('lianyao.consortium_id', true), '')::bigint);

-- An order as a platform has it. Its messages are in the outbox, under its number.
CREATE TABLE platform_exchange.placed_order (
    consortium_id  bigint      NOT NULL,
    platform       text        NOT NULL,
    order_id       uuid        NOT NULL,
    number         text        NOT NULL,  -- ours
    state          text        NOT NULL DEFAULT 'announced',
    platform_order text,                  -- the platform's number
    announced_at   timestamptz NOT NULL,
    changed_at     timestamptz NOT NULL,
    CONSTRAINT order_is_placed_once PRIMARY KEY (consortium_id, platform, order_id),
    CONSTRAINT number_is_placed_once UNIQUE (consortium_id, platform, number),
    CONSTRAINT platform_order_is_one_order UNIQUE (consortium_id, platform, platform_order),
    CONSTRAINT placed_order_is_of_an_account FOREIGN KEY (consortium_id, platform) REFERENCES platform_exchange.account,
    CONSTRAINT placed_order_is_ours FOREIGN KEY (consortium_id, order_id) REFERENCES pooled_procurement.purchase_order,
    CONSTRAINT placed_order_state_is_known CHECK (state IN ('announced', 'created', 'sent', 'void')),
    CONSTRAINT what_the_platform_has_it_numbers CHECK (state IN ('announced', 'void') OR platform_order IS NOT NULL)
);
ALTER TABLE platform_exchange.placed_order ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON platform_exchange.placed_order
    USING (consortium_id = nullif(current_setting('lianyao.consortium_id', true), '')::bigint);

CREATE TABLE platform_exchange.placed_line (
    consortium_id  bigint  NOT NULL,
    platform       text    NOT NULL,
    order_id       uuid    NOT NULL,
    line_number    integer NOT NULL,
    article_id     bigint  NOT NULL REFERENCES formulary.article,
    packs          bigint  NOT NULL,
    pack_price     bigint  NOT NULL,           -- 1/10000 yuan
    state          text    NOT NULL DEFAULT 'pending',
    platform_line  text,                       -- the platform's number
    complaint_code text    NOT NULL DEFAULT '',
    complaint      text    NOT NULL DEFAULT '', -- why the platform refused it, in its words
    CONSTRAINT line_is_placed_once PRIMARY KEY (consortium_id, platform, order_id, line_number),
    CONSTRAINT platform_line_is_one_line UNIQUE (consortium_id, platform, platform_line),
    CONSTRAINT placed_line_is_of_an_order FOREIGN KEY (consortium_id, platform, order_id)
        REFERENCES platform_exchange.placed_order,
    CONSTRAINT placed_line_orders_something CHECK (packs > 0 AND pack_price > 0),
    CONSTRAINT placed_line_state_is_known CHECK (state IN ('pending', 'accepted', 'refused', 'void')),
    CONSTRAINT refused_line_says_why CHECK (state <> 'refused' OR complaint <> '')
);
CREATE INDEX line_refused ON platform_exchange.placed_line (consortium_id, platform) WHERE state = 'refused';
ALTER TABLE platform_exchange.placed_line ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON platform_exchange.placed_line
    USING (consortium_id = nullif(current_setting('lianyao.consortium_id', true), '')::bigint);

-- Goods that a platform says are delivered for a line of ours. A delivery's lines with one note are one shipment here.
CREATE TABLE platform_exchange.delivery_line (
    consortium_id bigint      NOT NULL,
    platform      text        NOT NULL,
    delivery_line text        NOT NULL,  -- the platform's number
    order_id      uuid        NOT NULL,
    line_number   integer     NOT NULL,
    article_id    bigint      NOT NULL REFERENCES formulary.article,
    note          text        NOT NULL,  -- the supplier's number of the delivery
    note_barcode  text        NOT NULL,
    supplier      text        NOT NULL,  -- the platform's codes
    product       text        NOT NULL,
    platform_line text        NOT NULL,  -- the platform's numbers of the order's line and of the note
    platform_note text        NOT NULL,
    batch         text        NOT NULL,
    expires_on    date        NOT NULL,
    packs         bigint      NOT NULL,
    pulled_at     timestamptz NOT NULL,
    shipment_id   uuid,                  -- what it was announced as here
    shipment_line integer,
    CONSTRAINT delivery_line_is_pulled_once PRIMARY KEY (consortium_id, platform, delivery_line),
    CONSTRAINT delivery_is_of_a_placed_line FOREIGN KEY (consortium_id, platform, order_id, line_number)
        REFERENCES platform_exchange.placed_line,
    CONSTRAINT delivery_is_announced_as_a_line FOREIGN KEY (consortium_id, shipment_id, shipment_line)
        REFERENCES distribution.shipment_line,
    CONSTRAINT delivery_brings_packs CHECK (packs > 0),
    CONSTRAINT announced_delivery_names_its_line CHECK ((shipment_id IS NULL) = (shipment_line IS NULL))
);
CREATE INDEX delivery_of_order ON platform_exchange.delivery_line (consortium_id, platform, order_id);
CREATE INDEX delivery_of_shipment ON platform_exchange.delivery_line (consortium_id, shipment_id, shipment_line);
CREATE INDEX delivery_to_announce ON platform_exchange.delivery_line (consortium_id, platform, order_id) WHERE shipment_id IS NULL;
ALTER TABLE platform_exchange.delivery_line ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON platform_exchange.delivery_line
    USING (consortium_id = nullif(current_setting('lianyao.consortium_id', true), '')::bigint);

-- When each thing is pulled from a platform next; whoever moves the time does it.
CREATE TABLE platform_exchange.feed (
    consortium_id bigint      NOT NULL,
    platform      text        NOT NULL,
    question      text        NOT NULL,
    next_at       timestamptz NOT NULL,
    through       timestamptz,           -- when it was last pulled to the end
    trouble       text        NOT NULL DEFAULT '',  -- why the last pull did not come to the end
    CONSTRAINT feed_is_one_per_question PRIMARY KEY (consortium_id, platform, question),
    CONSTRAINT feed_is_of_an_account FOREIGN KEY (consortium_id, platform) REFERENCES platform_exchange.account
);
ALTER TABLE platform_exchange.feed ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON platform_exchange.feed
    USING (consortium_id = nullif(current_setting('lianyao.consortium_id', true), '')::bigint);

-- What we and a platform have differently, until it agrees again or somebody has settled it.
CREATE TABLE platform_exchange.difference (
    consortium_id bigint      NOT NULL,
    difference_id bigint      NOT NULL GENERATED ALWAYS AS IDENTITY,
    platform      text        NOT NULL,
    kind          text        NOT NULL,
    subject       text        NOT NULL,  -- 'order CG-2026-000001/3', 'delivery 2026…'
    ours          text        NOT NULL,
    theirs        text        NOT NULL,
    found_at      timestamptz NOT NULL,
    settled_at    timestamptz,
    settled_by_id bigint,                -- none when it agreed again
    reason        text        NOT NULL DEFAULT '',
    CONSTRAINT difference_id_is_unique PRIMARY KEY (consortium_id, difference_id),
    CONSTRAINT difference_is_of_an_account FOREIGN KEY (consortium_id, platform) REFERENCES platform_exchange.account,
    CONSTRAINT difference_kind_is_known CHECK (kind IN ('missing-there', 'missing-here', 'quantity', 'price', 'state')),
    CONSTRAINT settled_difference_says_why CHECK ((settled_at IS NULL) = (reason = ''))
);
CREATE UNIQUE INDEX difference_is_open_once ON platform_exchange.difference (consortium_id, platform, subject, kind)
    WHERE settled_at IS NULL;
CREATE INDEX difference_of_subject ON platform_exchange.difference (consortium_id, platform, subject, kind, difference_id);
ALTER TABLE platform_exchange.difference ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON platform_exchange.difference
    USING (consortium_id = nullif(current_setting('lianyao.consortium_id', true), '')::bigint);

-- Whether an account's platform is called now: its pace, and whether it has failed too often to be tried by many.
CREATE TABLE platform_exchange.gate (
    consortium_id bigint      NOT NULL,
    platform      text        NOT NULL,
    next_call_at  timestamptz NOT NULL,
    failures      integer     NOT NULL DEFAULT 0,  -- one after the other
    closed_until  timestamptz,                     -- then one try may show whether it answers again
    CONSTRAINT gate_is_one_per_account PRIMARY KEY (consortium_id, platform),
    CONSTRAINT gate_is_of_an_account FOREIGN KEY (consortium_id, platform) REFERENCES platform_exchange.account,
    CONSTRAINT failures_are_counted CHECK (failures >= 0)
) WITH (fillfactor = 50);
ALTER TABLE platform_exchange.gate ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON platform_exchange.gate
    USING (consortium_id = nullif(current_setting('lianyao.consortium_id', true), '')::bigint);

-- Every request that was sent, written before it was, and every answer that came. Secrets are masked; kept by month.
CREATE TABLE platform_exchange.request (
    consortium_id bigint      NOT NULL,
    sent_at       timestamptz NOT NULL,
    request_id    uuid        NOT NULL,
    platform      text        NOT NULL,
    operation     text        NOT NULL,  -- the platform's name of the message
    message_id    bigint,                -- of the outbox; none for what is pulled
    document_key  text        NOT NULL DEFAULT '',
    body          text        NOT NULL,
    PRIMARY KEY (consortium_id, sent_at, request_id)
) PARTITION BY RANGE (sent_at);
CREATE TABLE platform_exchange.request_other PARTITION OF platform_exchange.request DEFAULT;
CREATE INDEX request_of_document ON platform_exchange.request (consortium_id, platform, document_key);
ALTER TABLE platform_exchange.request ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON platform_exchange.request
    USING (consortium_id = nullif(current_setting('lianyao.consortium_id', true), '')::bigint);

CREATE TABLE platform_exchange.answer (
    consortium_id bigint      NOT NULL,
    sent_at       timestamptz NOT NULL,
    request_id    uuid        NOT NULL,
    received_at   timestamptz NOT NULL,
    status        integer,               -- of HTTP; none when no answer came
    outcome       text        NOT NULL,  -- how it was understood
    detail        text        NOT NULL DEFAULT '',
    body          text        NOT NULL DEFAULT '',
    microseconds  bigint      NOT NULL,  -- from the request's begin to the answer's end
    PRIMARY KEY (consortium_id, sent_at, request_id)
) PARTITION BY RANGE (sent_at);
CREATE TABLE platform_exchange.answer_other PARTITION OF platform_exchange.answer DEFAULT;
ALTER TABLE platform_exchange.answer ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON platform_exchange.answer
    USING (consortium_id = nullif(current_setting('lianyao.consortium_id', true), '')::bigint);

-- Drops the monthly parts that end before a day.
CREATE FUNCTION platform_exchange.drop_months(before date) RETURNS integer
LANGUAGE plpgsql AS $$
DECLARE
    part    regclass;
    dropped integer := 0;
BEGIN
    FOR part IN
        SELECT inhrelid FROM pg_inherits JOIN pg_class ON pg_class.oid = inhrelid
         WHERE inhparent IN ('platform_exchange.request'::regclass, 'platform_exchange.answer'::regclass)
           AND relname ~ '_[0-9]{6}$' AND to_date(right(relname, 6), 'YYYYMM') + interval '1 month' <= before
    LOOP
        EXECUTE format('DROP TABLE %s', part);
        dropped := dropped + 1;
    END LOOP;
    RETURN dropped;
END $$;
SELECT audit.make_months('platform_exchange.request', '2026-01-01', '2028-12-01');
SELECT audit.make_months('platform_exchange.answer', '2026-01-01', '2028-12-01');

GRANT USAGE ON SCHEMA platform_exchange TO lianyao_application;
GRANT SELECT, INSERT, UPDATE (institution, address, authority, settings, secrets, kinds, is_active, person_id)
    ON platform_exchange.account TO lianyao_application;
GRANT SELECT, INSERT, UPDATE (code, purchase_kind) ON platform_exchange.article_code TO lianyao_application;
GRANT SELECT, INSERT, UPDATE (code) ON platform_exchange.company_code TO lianyao_application;
GRANT SELECT, INSERT, UPDATE (code) ON platform_exchange.store_code TO lianyao_application;
GRANT SELECT, INSERT, UPDATE (state, platform_order, changed_at) ON platform_exchange.placed_order TO lianyao_application;
GRANT SELECT, INSERT, UPDATE (state, platform_line, complaint_code, complaint) ON platform_exchange.placed_line TO lianyao_application;
GRANT SELECT, INSERT, UPDATE (next_at, through, trouble) ON platform_exchange.feed TO lianyao_application;
GRANT SELECT, INSERT, UPDATE (shipment_id, shipment_line) ON platform_exchange.delivery_line TO lianyao_application;
GRANT SELECT, INSERT, UPDATE (ours, theirs, settled_at, settled_by_id, reason) ON platform_exchange.difference TO lianyao_application;
GRANT SELECT, INSERT, UPDATE (next_call_at, failures, closed_until) ON platform_exchange.gate TO lianyao_application;
GRANT SELECT, INSERT ON platform_exchange.request, platform_exchange.answer TO lianyao_application;
