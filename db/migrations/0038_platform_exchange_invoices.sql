-- What suppliers invoice through platforms, held against orders and receipts; what goes back
-- to them, and how they are paid.

-- Goods of a received shipment that went back to their supplier: one line of a shipment each.
CREATE SEQUENCE distribution.supplier_return_number;
CREATE TABLE distribution.supplier_return (
    consortium_id  bigint      NOT NULL,
    return_id      uuid        NOT NULL,
    number         text        NOT NULL,  -- 'TH-2026-000123'
    shipment_id    uuid        NOT NULL,
    shipment_line  integer     NOT NULL,
    order_id       uuid        NOT NULL,
    order_line     integer     NOT NULL,
    company_id     bigint      NOT NULL REFERENCES parties.company,
    store_id       bigint      NOT NULL,
    article_id     bigint      NOT NULL REFERENCES formulary.article,
    batch_number   text        NOT NULL,  -- as it was received
    packs          bigint      NOT NULL,
    units          bigint      NOT NULL,  -- base units
    pack_price     bigint      NOT NULL,  -- 1/10000 yuan, as it was ordered
    reason         text        NOT NULL,
    returned_at    timestamptz NOT NULL,
    returned_by_id bigint      NOT NULL,
    movement_id    bigint      NOT NULL,
    CONSTRAINT return_id_is_unique PRIMARY KEY (consortium_id, return_id),
    CONSTRAINT return_number_is_unique UNIQUE (consortium_id, number),
    CONSTRAINT return_is_of_a_shipment_line FOREIGN KEY (consortium_id, shipment_id, shipment_line)
        REFERENCES distribution.shipment_line,
    CONSTRAINT return_is_of_an_order_line FOREIGN KEY (consortium_id, order_id, order_line)
        REFERENCES pooled_procurement.purchase_order_line,
    CONSTRAINT return_leaves_a_store FOREIGN KEY (consortium_id, store_id) REFERENCES parties.store,
    CONSTRAINT return_is_by_a_person FOREIGN KEY (consortium_id, returned_by_id) REFERENCES identity.person,
    CONSTRAINT return_is_a_movement FOREIGN KEY (consortium_id, movement_id) REFERENCES stock_ledger.movement,
    CONSTRAINT return_takes_packs CHECK (packs > 0 AND units > 0),
    CONSTRAINT return_has_a_reason CHECK (reason <> '')
);
CREATE INDEX return_of_shipment_line ON distribution.supplier_return (consortium_id, shipment_id, shipment_line);
ALTER TABLE distribution.supplier_return ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON distribution.supplier_return
    USING (consortium_id = nullif(current_setting('lianyao.consortium_id', true), '')::bigint);

-- A return as a platform has it. Packs that came in several deliveries of one line are told apart.
CREATE TABLE platform_exchange.placed_return (
    consortium_id   bigint      NOT NULL,
    platform        text        NOT NULL,
    number          text        NOT NULL,  -- 'TH-2026-000123/1'
    return_id       uuid        NOT NULL,
    delivery_line   text        NOT NULL,  -- the platform's number of what brought the goods
    packs           bigint      NOT NULL,
    state           text        NOT NULL DEFAULT 'announced',
    platform_return text,                  -- the platform's number
    there           text        NOT NULL DEFAULT '',  -- how the supplier has answered there
    announced_at    timestamptz NOT NULL,
    changed_at      timestamptz NOT NULL,
    CONSTRAINT return_is_placed_once PRIMARY KEY (consortium_id, platform, number),
    CONSTRAINT platform_return_is_one_return UNIQUE (consortium_id, platform, platform_return),
    CONSTRAINT placed_return_is_ours FOREIGN KEY (consortium_id, return_id) REFERENCES distribution.supplier_return,
    CONSTRAINT placed_return_is_of_a_delivery FOREIGN KEY (consortium_id, platform, delivery_line)
        REFERENCES platform_exchange.delivery_line,
    CONSTRAINT placed_return_takes_packs CHECK (packs > 0),
    CONSTRAINT placed_return_state_is_known CHECK (state IN ('announced', 'applied', 'confirmed')),
    CONSTRAINT answer_to_a_return_is_known CHECK (there IN ('', 'draft', 'waiting', 'agreed', 'refused', 'void'))
);
CREATE INDEX placed_return_of_ours ON platform_exchange.placed_return (consortium_id, return_id);
CREATE INDEX placed_return_open ON platform_exchange.placed_return (consortium_id, platform, announced_at)
    WHERE there NOT IN ('agreed', 'refused', 'void');
ALTER TABLE platform_exchange.placed_return ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON platform_exchange.placed_return
    USING (consortium_id = nullif(current_setting('lianyao.consortium_id', true), '')::bigint);

-- An invoice as a platform shows it. A platform either lists invoices, and then is told which are accepted and paid; or shows
-- on a delivery which invoice it stands on, and then is paid by settlements.
CREATE TABLE platform_exchange.invoice (
    consortium_id      bigint      NOT NULL,
    invoice_id         bigint      NOT NULL GENERATED ALWAYS AS IDENTITY,
    platform           text        NOT NULL,
    supplier           text        NOT NULL,             -- the platform's code
    code               text        NOT NULL DEFAULT '',  -- empty where invoices have a number alone
    number             text        NOT NULL,
    platform_invoice   text        NOT NULL DEFAULT '',  -- the platform's own number of it
    origin             text        NOT NULL,
    dated_on           date,
    total              bigint,                           -- 1/10000 yuan with tax; none where the platform does not tell it
    is_volume_purchase boolean     NOT NULL DEFAULT false,
    state              text        NOT NULL DEFAULT 'waiting',
    pulled_at          timestamptz NOT NULL,
    seen_at            timestamptz NOT NULL,             -- when it was pulled last while it waited
    withdrawn_at       timestamptz,                      -- when the platform listed it no more while it waited
    decided_at         timestamptz,
    decided_by_id      bigint,                           -- none when it matched by itself
    reason             text        NOT NULL DEFAULT '',  -- why a person decided so
    paid_at            timestamptz,
    paid_by_id         bigint,
    accepted_there_at  timestamptz,                      -- when the platform had taken in that it is accepted, and paid
    paid_there_at      timestamptz,
    CONSTRAINT invoice_id_is_unique PRIMARY KEY (consortium_id, invoice_id),
    CONSTRAINT invoice_is_pulled_once UNIQUE (consortium_id, platform, supplier, code, number),
    CONSTRAINT invoice_is_of_an_account FOREIGN KEY (consortium_id, platform) REFERENCES platform_exchange.account,
    CONSTRAINT invoice_is_decided_by_a_person FOREIGN KEY (consortium_id, decided_by_id) REFERENCES identity.person,
    CONSTRAINT invoice_is_paid_by_a_person FOREIGN KEY (consortium_id, paid_by_id) REFERENCES identity.person,
    CONSTRAINT invoice_has_a_number CHECK (number <> '' AND supplier <> ''),
    CONSTRAINT invoice_origin_is_known CHECK (origin IN ('invoices', 'deliveries')),
    CONSTRAINT invoice_state_is_known CHECK (state IN ('waiting', 'accepted', 'rejected')),
    CONSTRAINT decided_invoice_has_its_time CHECK ((state = 'waiting') = (decided_at IS NULL)),
    CONSTRAINT a_person_decides_with_a_reason CHECK ((decided_by_id IS NULL) = (reason = '')),
    CONSTRAINT only_a_person_rejects CHECK (state <> 'rejected' OR decided_by_id IS NOT NULL),
    CONSTRAINT only_accepted_invoices_are_paid CHECK (paid_at IS NULL OR state = 'accepted'),
    CONSTRAINT payment_has_a_payer CHECK ((paid_at IS NULL) = (paid_by_id IS NULL)),
    CONSTRAINT the_platform_knows_what_was_decided CHECK (
        (accepted_there_at IS NULL OR state = 'accepted') AND (paid_there_at IS NULL OR paid_at IS NOT NULL))
);
CREATE INDEX invoice_waiting ON platform_exchange.invoice (consortium_id, platform, invoice_id) WHERE state = 'waiting';
CREATE INDEX invoice_by_day ON platform_exchange.invoice (consortium_id, platform, dated_on);
ALTER TABLE platform_exchange.invoice ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON platform_exchange.invoice
    USING (consortium_id = nullif(current_setting('lianyao.consortium_id', true), '')::bigint);

-- Packs and amounts below none take back.
CREATE TABLE platform_exchange.invoice_line (
    consortium_id bigint      NOT NULL,
    invoice_id    bigint      NOT NULL,
    invoice_line  text        NOT NULL,  -- the platform's number
    reference     text        NOT NULL,  -- what it is for, by the platform's number: a line of an order or a delivery, a return
    product       text        NOT NULL,  -- the platform's code
    batch         text        NOT NULL,
    packs         bigint      NOT NULL,
    pack_price    bigint      NOT NULL,  -- 1/10000 yuan, with tax
    amount        bigint      NOT NULL,  -- 1/10000 yuan, with tax
    tax           bigint,                -- of the amount; none where the platform does not tell it
    tax_rate      bigint,                -- ten-thousandths
    is_credit     boolean     NOT NULL,
    pulled_at     timestamptz NOT NULL,
    seen_at       timestamptz NOT NULL,  -- when it was pulled last while its invoice waited
    withdrawn_at  timestamptz,           -- when the platform listed it no more while its invoice waited
    order_id      uuid,                  -- our order's line, once the reference is known
    line_number   integer,
    return_id     uuid,                  -- our return, where it is for one
    CONSTRAINT invoice_line_is_pulled_once PRIMARY KEY (consortium_id, invoice_id, invoice_line),
    CONSTRAINT invoice_line_is_of_an_invoice FOREIGN KEY (consortium_id, invoice_id) REFERENCES platform_exchange.invoice,
    CONSTRAINT invoice_line_is_for_an_order_line FOREIGN KEY (consortium_id, order_id, line_number)
        REFERENCES pooled_procurement.purchase_order_line,
    CONSTRAINT invoice_line_is_for_a_return FOREIGN KEY (consortium_id, return_id) REFERENCES distribution.supplier_return,
    CONSTRAINT invoice_line_names_a_whole_line CHECK ((order_id IS NULL) = (line_number IS NULL)),
    CONSTRAINT invoice_line_has_a_number CHECK (invoice_line <> ''),
    CONSTRAINT price_is_not_below_none CHECK (pack_price >= 0),
    CONSTRAINT a_credit_takes_back CHECK ((is_credit AND packs <= 0 AND amount <= 0) OR (NOT is_credit AND packs >= 0 AND amount >= 0))
);
CREATE INDEX invoice_line_of_order ON platform_exchange.invoice_line (consortium_id, order_id, line_number);
CREATE INDEX invoice_line_of_return ON platform_exchange.invoice_line (consortium_id, return_id) WHERE return_id IS NOT NULL;
ALTER TABLE platform_exchange.invoice_line ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON platform_exchange.invoice_line
    USING (consortium_id = nullif(current_setting('lianyao.consortium_id', true), '')::bigint);

-- Deliveries of one supplier that are paid together, where a platform has settlements.
CREATE SEQUENCE platform_exchange.settlement_number;
CREATE TABLE platform_exchange.settlement (
    consortium_id       bigint      NOT NULL,
    settlement_id       uuid        NOT NULL,
    number              text        NOT NULL,  -- 'JS-2026-000123'
    platform            text        NOT NULL,
    supplier            text        NOT NULL,  -- the platform's code
    supplier_name       text        NOT NULL,
    amount              bigint      NOT NULL,  -- 1/10000 yuan: what the invoices come to
    state               text        NOT NULL DEFAULT 'announced',
    platform_settlement text,                  -- the platform's number
    made_at             timestamptz NOT NULL,
    made_by_id          bigint      NOT NULL,
    changed_at          timestamptz NOT NULL,
    CONSTRAINT settlement_id_is_unique PRIMARY KEY (consortium_id, settlement_id),
    CONSTRAINT settlement_number_is_unique UNIQUE (consortium_id, platform, number),
    CONSTRAINT platform_settlement_is_one_settlement UNIQUE (consortium_id, platform, platform_settlement),
    CONSTRAINT settlement_is_of_an_account FOREIGN KEY (consortium_id, platform) REFERENCES platform_exchange.account,
    CONSTRAINT settlement_is_made_by_a_person FOREIGN KEY (consortium_id, made_by_id) REFERENCES identity.person,
    CONSTRAINT settlement_state_is_known CHECK (state IN ('announced', 'created', 'filled', 'submitted', 'passed')),
    CONSTRAINT what_the_platform_settles_it_numbers CHECK (state = 'announced' OR platform_settlement IS NOT NULL)
);
ALTER TABLE platform_exchange.settlement ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON platform_exchange.settlement
    USING (consortium_id = nullif(current_setting('lianyao.consortium_id', true), '')::bigint);

CREATE TABLE platform_exchange.settlement_line (
    consortium_id bigint  NOT NULL,
    settlement_id uuid    NOT NULL,
    line_number   integer NOT NULL,  -- 1, 2, …
    platform      text    NOT NULL,
    invoice_id    bigint  NOT NULL,
    delivery_line text    NOT NULL,  -- the platform's number
    CONSTRAINT settlement_line_is_unique PRIMARY KEY (consortium_id, settlement_id, line_number),
    CONSTRAINT delivery_is_settled_once UNIQUE (consortium_id, platform, delivery_line),
    CONSTRAINT settlement_line_is_of_a_settlement FOREIGN KEY (consortium_id, settlement_id)
        REFERENCES platform_exchange.settlement,
    CONSTRAINT settlement_line_pays_an_invoice FOREIGN KEY (consortium_id, invoice_id) REFERENCES platform_exchange.invoice
);
ALTER TABLE platform_exchange.settlement_line ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON platform_exchange.settlement_line
    USING (consortium_id = nullif(current_setting('lianyao.consortium_id', true), '')::bigint);

GRANT SELECT, INSERT,
      UPDATE (platform_invoice, dated_on, total, is_volume_purchase, seen_at, withdrawn_at, state, decided_at, decided_by_id, reason, paid_at, paid_by_id,
              accepted_there_at, paid_there_at)
    ON platform_exchange.invoice TO lianyao_application;
GRANT SELECT, INSERT, UPDATE (reference, product, batch, packs, pack_price, amount, tax, tax_rate, is_credit, seen_at, withdrawn_at, order_id, line_number,
              return_id)
    ON platform_exchange.invoice_line TO lianyao_application;
GRANT SELECT, INSERT ON distribution.supplier_return TO lianyao_application;
GRANT SELECT, INSERT, UPDATE (state, platform_return, there, changed_at) ON platform_exchange.placed_return TO lianyao_application;
GRANT SELECT, INSERT, UPDATE (state, platform_settlement, changed_at) ON platform_exchange.settlement TO lianyao_application;
GRANT SELECT, INSERT ON platform_exchange.settlement_line TO lianyao_application;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA distribution TO lianyao_application;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA platform_exchange TO lianyao_application;
