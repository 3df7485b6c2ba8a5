-- What suppliers send for purchase orders, and what of it arrives and is accepted.
CREATE SCHEMA distribution;

CREATE SEQUENCE distribution.shipment_number;
CREATE SEQUENCE distribution.goods_receipt_number;

-- One row for each order that is delivered: locked while a shipment is announced or received.
CREATE TABLE distribution.order_delivery (
    consortium_id bigint NOT NULL,
    order_id      uuid   NOT NULL,
    PRIMARY KEY (consortium_id, order_id),
    CONSTRAINT delivery_is_of_an_order FOREIGN KEY (consortium_id, order_id) REFERENCES pooled_procurement.purchase_order
);
ALTER TABLE distribution.order_delivery ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON distribution.order_delivery
    USING (consortium_id = nullif(current_setting('lianyao.consortium_id', true), '')::bigint);

CREATE TABLE distribution.shipment (
    consortium_id   bigint      NOT NULL,
    shipment_id     uuid        NOT NULL,
    number          text        NOT NULL,  -- 'FH-2026-000123'
    order_id        uuid        NOT NULL,
    company_id      bigint      NOT NULL REFERENCES parties.company,
    facility_id     bigint      NOT NULL,  -- where it is delivered
    store_id        bigint      NOT NULL,
    state           text        NOT NULL,
    delivery_note   text        NOT NULL,  -- the supplier's number of the paper that travels with the goods
    shipped_on      date        NOT NULL,
    expected_on     date        NOT NULL,
    announced_at    timestamptz NOT NULL,
    announced_by_id bigint      NOT NULL,
    reason          text        NOT NULL DEFAULT '',  -- why it was cancelled
    CONSTRAINT shipment_id_is_unique PRIMARY KEY (consortium_id, shipment_id),
    CONSTRAINT shipment_number_is_unique UNIQUE (consortium_id, number),
    CONSTRAINT shipment_is_of_an_order FOREIGN KEY (consortium_id, order_id) REFERENCES pooled_procurement.purchase_order,
    CONSTRAINT shipment_reaches_a_facility FOREIGN KEY (consortium_id, facility_id) REFERENCES parties.facility,
    CONSTRAINT shipment_reaches_a_store FOREIGN KEY (consortium_id, store_id) REFERENCES parties.store,
    CONSTRAINT shipment_is_announced_by_a_person FOREIGN KEY (consortium_id, announced_by_id) REFERENCES identity.person,
    CONSTRAINT shipment_state_is_known CHECK (state IN ('announced', 'received', 'cancelled')),
    CONSTRAINT delivery_note_is_present CHECK (delivery_note <> ''),
    CONSTRAINT goods_arrive_after_they_left CHECK (expected_on >= shipped_on),
    CONSTRAINT cancelled_shipment_has_a_reason CHECK ((state = 'cancelled') = (reason <> ''))
);
CREATE UNIQUE INDEX delivery_note_is_announced_once ON distribution.shipment (consortium_id, company_id, delivery_note)
    WHERE state <> 'cancelled';
CREATE INDEX shipment_to_receive ON distribution.shipment (consortium_id, store_id, expected_on, shipment_id)
    WHERE state = 'announced';
CREATE INDEX shipment_of_order ON distribution.shipment (consortium_id, order_id);
ALTER TABLE distribution.shipment ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON distribution.shipment USING (consortium_id = nullif(current_setting('lianyao.consortium_id', true), '')::bigint);

CREATE TABLE distribution.shipment_line (
    consortium_id bigint  NOT NULL,
    shipment_id   uuid    NOT NULL,
    line_number   integer NOT NULL,  -- 1, 2, …
    order_id      uuid    NOT NULL,
    order_line    integer NOT NULL,
    article_id    bigint  NOT NULL REFERENCES formulary.article,  -- what is in the packs, rightly or wrongly
    batch_number  text    NOT NULL,
    expires_on    date    NOT NULL,  -- on this day and after it the batch is not used
    packs         bigint  NOT NULL,
    PRIMARY KEY (consortium_id, shipment_id, line_number),
    CONSTRAINT shipment_line_is_of_a_shipment FOREIGN KEY (consortium_id, shipment_id) REFERENCES distribution.shipment,
    CONSTRAINT shipment_line_is_of_an_order_line FOREIGN KEY (consortium_id, order_id, order_line)
        REFERENCES pooled_procurement.purchase_order_line,
    CONSTRAINT batch_is_shipped_once_for_a_line UNIQUE
        (consortium_id, shipment_id, order_line, article_id, batch_number, expires_on),
    CONSTRAINT shipped_packs_are_positive CHECK (packs > 0),
    CONSTRAINT batch_number_is_present CHECK (batch_number <> '')
);
ALTER TABLE distribution.shipment_line ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON distribution.shipment_line
    USING (consortium_id = nullif(current_setting('lianyao.consortium_id', true), '')::bigint);

CREATE TABLE distribution.goods_receipt (
    consortium_id    bigint      NOT NULL,
    receipt_id       uuid        NOT NULL,
    number           text        NOT NULL,  -- 'YS-2026-000123'
    shipment_id      uuid        NOT NULL,
    store_id         bigint      NOT NULL,
    received_at      timestamptz NOT NULL,
    received_on      date        NOT NULL,  -- the business day
    receiver_id      bigint      NOT NULL,
    second_person_id bigint,                -- who accepted controlled goods together with the receiver
    movement_id      bigint,                -- none when nothing was accepted
    CONSTRAINT receipt_id_is_unique PRIMARY KEY (consortium_id, receipt_id),
    CONSTRAINT receipt_number_is_unique UNIQUE (consortium_id, number),
    CONSTRAINT shipment_is_received_once UNIQUE (consortium_id, shipment_id),
    CONSTRAINT receipt_is_of_a_shipment FOREIGN KEY (consortium_id, shipment_id) REFERENCES distribution.shipment,
    CONSTRAINT receipt_is_in_a_store FOREIGN KEY (consortium_id, store_id) REFERENCES parties.store,
    CONSTRAINT receipt_is_by_a_person FOREIGN KEY (consortium_id, receiver_id) REFERENCES identity.person,
    CONSTRAINT second_person_is_a_person FOREIGN KEY (consortium_id, second_person_id) REFERENCES identity.person,
    CONSTRAINT receipt_is_a_movement FOREIGN KEY (consortium_id, movement_id) REFERENCES stock_ledger.movement,
    CONSTRAINT two_receivers_are_two_people CHECK (second_person_id <> receiver_id)
);
CREATE INDEX receipt_by_day ON distribution.goods_receipt (consortium_id, received_on);
ALTER TABLE distribution.goods_receipt ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON distribution.goods_receipt
    USING (consortium_id = nullif(current_setting('lianyao.consortium_id', true), '')::bigint);

-- Packs, but for accepted_units.
CREATE TABLE distribution.goods_receipt_line (
    consortium_id     bigint  NOT NULL,
    receipt_id        uuid    NOT NULL,
    shipment_id       uuid    NOT NULL,
    shipment_line     integer NOT NULL,
    order_line        integer NOT NULL,
    product_id        bigint  NOT NULL REFERENCES formulary.product,
    article_id        bigint  NOT NULL REFERENCES formulary.article,
    batch_number      text    NOT NULL,  -- as found on the packs
    expires_on        date    NOT NULL,
    announced         bigint  NOT NULL,
    delivered         bigint  NOT NULL,
    accepted          bigint  NOT NULL,
    rejected          bigint  NOT NULL,
    short             bigint  NOT NULL,  -- announced, and not in the delivery
    over              bigint  NOT NULL,  -- in the delivery, and not announced
    accepted_units    bigint  NOT NULL,  -- base units
    reason            text,              -- why packs were rejected or did not come
    explanation       text    NOT NULL,
    acceptance_reason text    NOT NULL,  -- why goods with little remaining life were accepted
    temperature       integer,           -- tenths of a degree Celsius on arrival
    PRIMARY KEY (consortium_id, receipt_id, shipment_line),
    CONSTRAINT receipt_line_is_of_a_receipt FOREIGN KEY (consortium_id, receipt_id) REFERENCES distribution.goods_receipt,
    CONSTRAINT receipt_line_is_of_a_shipment_line FOREIGN KEY (consortium_id, shipment_id, shipment_line)
        REFERENCES distribution.shipment_line,
    CONSTRAINT packs_are_not_negative CHECK (least(announced, delivered, accepted, rejected, short, over) >= 0),
    CONSTRAINT delivered_is_accepted_or_rejected CHECK (accepted + rejected = delivered),
    CONSTRAINT announced_is_delivered_or_short CHECK (delivered + short = announced + over),
    CONSTRAINT nothing_is_short_and_over CHECK (short = 0 OR over = 0),
    CONSTRAINT over_delivery_is_rejected CHECK (rejected >= over),
    CONSTRAINT accepted_packs_hold_units CHECK ((accepted = 0) = (accepted_units = 0) AND accepted_units >= accepted),
    CONSTRAINT rejection_and_shortage_have_a_reason CHECK ((rejected + short > 0) = (reason IS NOT NULL)),
    CONSTRAINT reason_is_known CHECK (reason IN (
        'damaged', 'wrong-article', 'expired', 'short-dated', 'missing-document', 'temperature', 'over-delivery',
        'not-delivered', 'other')),
    CONSTRAINT other_reason_is_explained CHECK (reason <> 'other' OR explanation <> '')
);
ALTER TABLE distribution.goods_receipt_line ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON distribution.goods_receipt_line
    USING (consortium_id = nullif(current_setting('lianyao.consortium_id', true), '')::bigint);

GRANT USAGE ON SCHEMA distribution TO lianyao_application;
-- UPDATE also lets a row be locked: deliveries are locked, and never changed.
GRANT SELECT, INSERT, UPDATE (order_id) ON distribution.order_delivery TO lianyao_application;
GRANT SELECT, INSERT, UPDATE (state, reason) ON distribution.shipment TO lianyao_application;
GRANT SELECT, INSERT ON distribution.shipment_line, distribution.goods_receipt, distribution.goods_receipt_line
    TO lianyao_application;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA distribution TO lianyao_application;
