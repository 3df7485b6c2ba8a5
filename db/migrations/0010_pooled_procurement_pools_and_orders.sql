-- Approved requisitions are pooled by product; purchase orders are made from awards, one for each supplier and store.
CREATE SCHEMA pooled_procurement;

CREATE SEQUENCE pooled_procurement.pool_serial;
CREATE TABLE pooled_procurement.pool (
    consortium_id bigint      NOT NULL REFERENCES parties.consortium,
    pool_id       uuid        NOT NULL,
    serial        bigint      NOT NULL,
    number        text        NOT NULL,  -- 'HC-2026-000123', for people
    cycle_id      uuid,                  -- none for a pool of emergency requisitions
    state         text        NOT NULL,
    pooled_at     timestamptz NOT NULL,
    pooled_by_id  bigint      NOT NULL,
    reason        text        NOT NULL DEFAULT '',  -- why it was closed
    PRIMARY KEY (consortium_id, pool_id),
    CONSTRAINT pool_number_is_unique UNIQUE (consortium_id, number),
    CONSTRAINT pool_serial_is_unique UNIQUE (consortium_id, serial),
    CONSTRAINT pool_is_of_a_cycle FOREIGN KEY (consortium_id, cycle_id) REFERENCES requisitions.cycle,
    CONSTRAINT pool_state_is_known CHECK (state IN ('open', 'tendered', 'ordered', 'closed')),
    CONSTRAINT closing_a_pool_has_a_reason CHECK ((state = 'closed') = (reason <> ''))
);
ALTER TABLE pooled_procurement.pool ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON pooled_procurement.pool USING (consortium_id = nullif(current_setting('lianyao.consortium_id', true), '')::bigint);

CREATE TABLE pooled_procurement.pool_line (
    consortium_id bigint NOT NULL,
    pool_id       uuid   NOT NULL,
    product_id    bigint NOT NULL REFERENCES formulary.product,
    quantity      bigint NOT NULL,  -- base units; the sum of its shares
    PRIMARY KEY (consortium_id, pool_id, product_id),
    CONSTRAINT line_is_of_a_pool FOREIGN KEY (consortium_id, pool_id) REFERENCES pooled_procurement.pool,
    CONSTRAINT pool_line_asks_for_something CHECK (quantity > 0)
);
ALTER TABLE pooled_procurement.pool_line ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON pooled_procurement.pool_line
    USING (consortium_id = nullif(current_setting('lianyao.consortium_id', true), '')::bigint);

-- Which requisition line asked how much. A pool may have hundreds of thousands, written by one statement together with
-- their lines; the verify queries prove what a foreign key would check row by row.
CREATE TABLE pooled_procurement.pool_share (
    consortium_id           bigint  NOT NULL,
    requisition_id          uuid    NOT NULL,
    requisition_line_number integer NOT NULL,
    pool_id                 uuid    NOT NULL,
    product_id              bigint  NOT NULL,
    facility_id             bigint  NOT NULL,
    store_id                bigint  NOT NULL,
    quantity                bigint  NOT NULL,  -- base units, as approved
    CONSTRAINT requisition_line_is_pooled_once PRIMARY KEY (consortium_id, requisition_id, requisition_line_number),
    CONSTRAINT share_asks_for_something CHECK (quantity > 0)
);
CREATE INDEX share_of_pool_line ON pooled_procurement.pool_share (consortium_id, pool_id, product_id);
CREATE INDEX share_of_store ON pooled_procurement.pool_share (consortium_id, store_id);
ALTER TABLE pooled_procurement.pool_share ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON pooled_procurement.pool_share
    USING (consortium_id = nullif(current_setting('lianyao.consortium_id', true), '')::bigint);

-- The tender package that a pooled line was put into.
CREATE TABLE pooled_procurement.pool_package (
    consortium_id  bigint      NOT NULL,
    tender_id      uuid        NOT NULL,
    package_number integer     NOT NULL,
    pool_id        uuid        NOT NULL,
    product_id     bigint      NOT NULL,
    ordered_at     timestamptz,  -- when orders were made from its awards
    PRIMARY KEY (consortium_id, tender_id, package_number),
    CONSTRAINT package_is_of_a_pool_line FOREIGN KEY (consortium_id, pool_id, product_id)
        REFERENCES pooled_procurement.pool_line,
    CONSTRAINT package_is_of_a_tender FOREIGN KEY (consortium_id, tender_id, package_number)
        REFERENCES tendering.tender_package
);
CREATE INDEX package_of_pool ON pooled_procurement.pool_package (consortium_id, pool_id, product_id);
ALTER TABLE pooled_procurement.pool_package ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON pooled_procurement.pool_package
    USING (consortium_id = nullif(current_setting('lianyao.consortium_id', true), '')::bigint);

CREATE SEQUENCE pooled_procurement.order_serial;
CREATE TABLE pooled_procurement.purchase_order (
    consortium_id bigint      NOT NULL REFERENCES parties.consortium,
    order_id      uuid        NOT NULL,
    serial        bigint      NOT NULL,
    number        text        NOT NULL,  -- 'CG-2026-000001', for people
    company_id    bigint      NOT NULL REFERENCES parties.company,
    facility_id   bigint      NOT NULL,  -- where it is delivered
    store_id      bigint      NOT NULL,
    pool_id       uuid,
    tender_id     uuid,
    state         text        NOT NULL,
    reason        text        NOT NULL DEFAULT '',  -- why it was made without an award, cancelled or closed
    expected_on   date,                  -- the day the supplier promised
    created_at    timestamptz NOT NULL,
    created_by_id bigint      NOT NULL,
    approved_at   timestamptz,
    sent_at       timestamptz,
    confirmed_at  timestamptz,
    ended_at      timestamptz,           -- closed or cancelled
    version       bigint      NOT NULL DEFAULT 1,  -- one more with every change
    PRIMARY KEY (consortium_id, order_id),
    CONSTRAINT order_number_is_unique UNIQUE (consortium_id, number),
    CONSTRAINT order_serial_is_unique UNIQUE (consortium_id, serial),
    CONSTRAINT order_is_delivered_to_a_facility FOREIGN KEY (consortium_id, facility_id) REFERENCES parties.facility,
    CONSTRAINT order_is_delivered_to_a_store FOREIGN KEY (consortium_id, store_id) REFERENCES parties.store,
    CONSTRAINT order_is_from_a_pool FOREIGN KEY (consortium_id, pool_id) REFERENCES pooled_procurement.pool,
    CONSTRAINT order_is_from_a_tender FOREIGN KEY (consortium_id, tender_id) REFERENCES tendering.tender,
    CONSTRAINT order_state_is_known CHECK (state IN (
        'draft', 'approved', 'sent', 'confirmed', 'partly-received', 'received', 'closed', 'cancelled')),
    CONSTRAINT order_without_award_has_a_reason CHECK (tender_id IS NOT NULL OR reason <> ''),
    CONSTRAINT cancelled_order_has_a_reason CHECK (state <> 'cancelled' OR reason <> ''),
    CONSTRAINT ended_order_has_its_time CHECK ((state IN ('closed', 'cancelled')) = (ended_at IS NOT NULL)),
    CONSTRAINT nothing_is_sent_without_approval CHECK (sent_at IS NULL OR approved_at IS NOT NULL),
    CONSTRAINT sent_order_has_its_time CHECK (
        sent_at IS NOT NULL OR state NOT IN ('sent', 'confirmed', 'partly-received', 'received', 'closed')),
    CONSTRAINT version_is_positive CHECK (version > 0)
) WITH (fillfactor = 80);
CREATE INDEX order_of_company ON pooled_procurement.purchase_order (consortium_id, company_id, serial);
CREATE INDEX order_of_facility ON pooled_procurement.purchase_order (consortium_id, facility_id, serial);
CREATE INDEX live_order_of_store ON pooled_procurement.purchase_order (consortium_id, store_id)
 WHERE state NOT IN ('received', 'closed', 'cancelled');
CREATE INDEX order_by_state ON pooled_procurement.purchase_order (consortium_id, state, serial);
CREATE INDEX order_of_tender ON pooled_procurement.purchase_order (consortium_id, tender_id) WHERE tender_id IS NOT NULL;
ALTER TABLE pooled_procurement.purchase_order ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON pooled_procurement.purchase_order
    USING (consortium_id = nullif(current_setting('lianyao.consortium_id', true), '')::bigint);

-- Open is what was ordered and neither received nor cancelled.
CREATE TABLE pooled_procurement.purchase_order_line (
    consortium_id   bigint  NOT NULL,
    order_id        uuid    NOT NULL,
    line_number     integer NOT NULL,  -- 1, 2, … within the order
    product_id      bigint  NOT NULL REFERENCES formulary.product,
    article_id      bigint  NOT NULL REFERENCES formulary.article,
    pack_size       bigint  NOT NULL,  -- base units, as the article had it when ordered
    pack_price      bigint  NOT NULL,  -- 1/10000 yuan
    packs_ordered   bigint  NOT NULL,
    packs_confirmed bigint,            -- none until the supplier confirms
    packs_received  bigint  NOT NULL DEFAULT 0,
    packs_cancelled bigint  NOT NULL DEFAULT 0,
    route           text    NOT NULL,  -- how it may be bought
    external_code   text,              -- the line's code on the platform it came from
    reason          text    NOT NULL DEFAULT '',  -- why packs were not confirmed or were cancelled
    PRIMARY KEY (consortium_id, order_id, line_number),
    CONSTRAINT external_code_is_ordered_once UNIQUE (consortium_id, external_code),
    CONSTRAINT line_is_of_an_order FOREIGN KEY (consortium_id, order_id) REFERENCES pooled_procurement.purchase_order,
    CONSTRAINT line_number_counts_from_one CHECK (line_number > 0),
    CONSTRAINT pack_holds_something CHECK (pack_size > 0),
    CONSTRAINT pack_has_a_price CHECK (pack_price > 0),
    CONSTRAINT line_orders_something CHECK (packs_ordered > 0),
    CONSTRAINT line_amount_is_bounded CHECK (pack_price::numeric * packs_ordered <= 1000000000000000),
    CONSTRAINT line_quantity_is_bounded CHECK (pack_size::numeric * packs_ordered <= 2000000000000),
    CONSTRAINT no_more_is_confirmed_than_ordered CHECK (packs_confirmed BETWEEN 0 AND packs_ordered),
    CONSTRAINT received_packs_are_not_negative CHECK (packs_received >= 0),
    CONSTRAINT cancelled_packs_are_not_negative CHECK (packs_cancelled >= 0),
    CONSTRAINT no_more_is_received_than_ordered CHECK (packs_received + packs_cancelled <= packs_ordered),
    CONSTRAINT cancelled_packs_have_a_reason CHECK (packs_cancelled = 0 OR reason <> ''),
    CONSTRAINT route_is_known CHECK (route IN ('awarded', 'selected', 'listed', 'direct-listing', 'record', 'emergency', 'offline'))
) WITH (fillfactor = 80);
CREATE INDEX order_line_of_product ON pooled_procurement.purchase_order_line (consortium_id, product_id);
ALTER TABLE pooled_procurement.purchase_order_line ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON pooled_procurement.purchase_order_line
    USING (consortium_id = nullif(current_setting('lianyao.consortium_id', true), '')::bigint);

-- Which requisition lines an order line serves, and how much of each.
CREATE TABLE pooled_procurement.order_line_share (
    consortium_id           bigint  NOT NULL,
    order_id                uuid    NOT NULL,
    line_number             integer NOT NULL,
    requisition_id          uuid    NOT NULL,
    requisition_line_number integer NOT NULL,
    quantity                bigint  NOT NULL,  -- base units
    PRIMARY KEY (consortium_id, order_id, line_number, requisition_id, requisition_line_number),
    CONSTRAINT order_line_serves_something CHECK (quantity > 0)
);
CREATE INDEX order_of_requisition_line
    ON pooled_procurement.order_line_share (consortium_id, requisition_id, requisition_line_number);
ALTER TABLE pooled_procurement.order_line_share ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON pooled_procurement.order_line_share
    USING (consortium_id = nullif(current_setting('lianyao.consortium_id', true), '')::bigint);

-- What was changed about an order's lines after they were made, before and after; appended, never edited.
CREATE TABLE pooled_procurement.order_change (
    consortium_id bigint      NOT NULL,
    order_id      uuid        NOT NULL,
    version       bigint      NOT NULL,  -- of the order, after the change
    line_number   integer     NOT NULL,
    packs_before  bigint      NOT NULL,
    packs_after   bigint      NOT NULL,
    price_before  bigint      NOT NULL,  -- 1/10000 yuan for a pack
    price_after   bigint      NOT NULL,
    reason        text        NOT NULL,
    agreed_with   text        NOT NULL DEFAULT '',  -- who agreed for the supplier, once the order had been sent
    changed_by_id bigint      NOT NULL,
    changed_at    timestamptz NOT NULL,
    PRIMARY KEY (consortium_id, order_id, version, line_number),
    CONSTRAINT change_is_of_a_line FOREIGN KEY (consortium_id, order_id, line_number)
        REFERENCES pooled_procurement.purchase_order_line,
    CONSTRAINT change_has_a_reason CHECK (reason <> ''),
    CONSTRAINT change_changes_something CHECK (packs_before <> packs_after OR price_before <> price_after)
);
ALTER TABLE pooled_procurement.order_change ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON pooled_procurement.order_change
    USING (consortium_id = nullif(current_setting('lianyao.consortium_id', true), '')::bigint);

GRANT USAGE ON SCHEMA pooled_procurement TO lianyao_application;
GRANT SELECT, INSERT, UPDATE ON
    pooled_procurement.pool, pooled_procurement.pool_package, pooled_procurement.purchase_order,
    pooled_procurement.purchase_order_line
    TO lianyao_application;
GRANT SELECT, INSERT ON
    pooled_procurement.pool_line, pooled_procurement.pool_share, pooled_procurement.order_line_share,
    pooled_procurement.order_change
    TO lianyao_application;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA pooled_procurement TO lianyao_application;
