-- Every unit is always somewhere. A movement is a set of entries that sum to zero for each batch; entries are
-- appended and never changed; balances are their sum, kept in the same transaction.
CREATE SCHEMA stock_ledger;

CREATE TABLE stock_ledger.batch (
    consortium_id bigint NOT NULL REFERENCES parties.consortium,
    batch_id      bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
    article_id    bigint NOT NULL REFERENCES formulary.article,
    product_id    bigint NOT NULL REFERENCES formulary.product,
    batch_number  text   NOT NULL,  -- the manufacturer's
    expires_on    date   NOT NULL,  -- on this day and after it the batch is not used
    PRIMARY KEY (consortium_id, batch_id),
    CONSTRAINT batch_is_one_number_and_expiry UNIQUE (consortium_id, article_id, batch_number, expires_on)
);
ALTER TABLE stock_ledger.batch ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON stock_ledger.batch USING (consortium_id = nullif(current_setting('lianyao.consortium_id', true), '')::bigint);

CREATE TABLE stock_ledger.movement (
    consortium_id bigint      NOT NULL REFERENCES parties.consortium,
    movement_id   bigint      NOT NULL GENERATED ALWAYS AS IDENTITY,
    kind          text        NOT NULL,
    occurred_on   date        NOT NULL,  -- the business day it counts for
    recorded_at   timestamptz NOT NULL,
    person_id     bigint      NOT NULL,
    request_id    uuid        NOT NULL,  -- chosen by the caller, so a retry is not a second movement
    part          integer     NOT NULL DEFAULT 1,  -- 1, 2, … when one request makes several movements
    document      text        NOT NULL,  -- what it was done for: 'goods-receipt 0193…'
    reason        text        NOT NULL DEFAULT '',
    reverses_id   bigint,
    PRIMARY KEY (consortium_id, movement_id),
    CONSTRAINT request_is_recorded_once UNIQUE (consortium_id, request_id, part),
    CONSTRAINT movement_is_reversed_once UNIQUE (consortium_id, reverses_id),
    CONSTRAINT reversal_names_a_movement FOREIGN KEY (consortium_id, reverses_id) REFERENCES stock_ledger.movement,
    CONSTRAINT movement_kind_is_known CHECK (kind IN (
        'opening', 'receipt', 'issue', 'patient-return', 'supplier-return', 'transfer-out', 'transfer-in',
        'quarantine', 'release', 'adjustment', 'destruction', 'reversal')),
    CONSTRAINT only_a_reversal_reverses CHECK ((kind = 'reversal') = (reverses_id IS NOT NULL)),
    CONSTRAINT adjustment_has_a_reason CHECK (kind NOT IN ('adjustment', 'destruction', 'quarantine', 'reversal') OR reason <> '')
);
ALTER TABLE stock_ledger.movement ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON stock_ledger.movement USING (consortium_id = nullif(current_setting('lianyao.consortium_id', true), '')::bigint);

-- A place inside the consortium is a store and a state; outside it there is no store, only a state.
CREATE TABLE stock_ledger.entry (
    consortium_id bigint  NOT NULL,
    movement_id   bigint  NOT NULL,
    line          integer NOT NULL,  -- 1, 2, … within the movement
    occurred_on   date    NOT NULL,  -- as the movement has it
    store_id      bigint,
    state         text    NOT NULL,
    batch_id      bigint  NOT NULL,
    product_id    bigint  NOT NULL,
    quantity      bigint  NOT NULL,  -- base units; positive comes in, negative goes out
    PRIMARY KEY (consortium_id, occurred_on, movement_id, line),
    CONSTRAINT entry_moves_something CHECK (quantity <> 0),
    CONSTRAINT place_is_inside_or_outside CHECK (
        (store_id IS NOT NULL AND state IN ('available', 'reserved', 'quarantined', 'in-transit'))
        OR (store_id IS NULL AND state IN ('supplier', 'patient', 'ward', 'loss', 'adjustment', 'opening')))
) PARTITION BY RANGE (occurred_on);
CREATE TABLE stock_ledger.entry_other PARTITION OF stock_ledger.entry DEFAULT;
CREATE INDEX entry_of_movement ON stock_ledger.entry (consortium_id, movement_id);
CREATE INDEX entry_of_batch ON stock_ledger.entry (consortium_id, batch_id, occurred_on);
CREATE INDEX entry_of_store ON stock_ledger.entry (consortium_id, store_id, product_id, occurred_on);
ALTER TABLE stock_ledger.entry ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON stock_ledger.entry USING (consortium_id = nullif(current_setting('lianyao.consortium_id', true), '')::bigint);
SELECT audit.make_months('stock_ledger.entry', '2025-01-01', '2028-12-01');

CREATE TABLE stock_ledger.balance (
    consortium_id bigint NOT NULL,
    store_id      bigint NOT NULL,
    product_id    bigint NOT NULL REFERENCES formulary.product,
    batch_id      bigint NOT NULL,
    state         text   NOT NULL,
    expires_on    date   NOT NULL,  -- the batch's, so that first expiry first out reads one index
    quantity      bigint NOT NULL,  -- base units
    PRIMARY KEY (consortium_id, store_id, product_id, batch_id, state),
    CONSTRAINT balance_is_of_a_store FOREIGN KEY (consortium_id, store_id) REFERENCES parties.store,
    CONSTRAINT balance_is_of_a_batch FOREIGN KEY (consortium_id, batch_id) REFERENCES stock_ledger.batch,
    CONSTRAINT on_hand_is_not_negative CHECK (quantity >= 0)
) WITH (fillfactor = 80);
CREATE INDEX balance_by_expiry ON stock_ledger.balance (consortium_id, expires_on) WHERE quantity > 0;
ALTER TABLE stock_ledger.balance ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON stock_ledger.balance USING (consortium_id = nullif(current_setting('lianyao.consortium_id', true), '')::bigint);

-- What happened to a product in a store on a day: consumption and stock-outs are read from here, not from entries.
CREATE TABLE stock_ledger.product_day (
    consortium_id bigint NOT NULL,
    store_id      bigint NOT NULL,
    product_id    bigint NOT NULL REFERENCES formulary.product,
    occurred_on   date   NOT NULL,
    consumed      bigint NOT NULL,  -- base units to patients and wards, less returns
    available     bigint NOT NULL,  -- base units by which available stock changed
    PRIMARY KEY (consortium_id, store_id, product_id, occurred_on),
    CONSTRAINT product_day_is_of_a_store FOREIGN KEY (consortium_id, store_id) REFERENCES parties.store
) WITH (fillfactor = 80);
ALTER TABLE stock_ledger.product_day ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON stock_ledger.product_day USING (consortium_id = nullif(current_setting('lianyao.consortium_id', true), '')::bigint);

-- Goods on their way from one store of the consortium to another.
CREATE SEQUENCE stock_ledger.transfer_number;
CREATE TABLE stock_ledger.transfer (
    consortium_id bigint      NOT NULL,
    transfer_id   uuid        NOT NULL,
    number        text        NOT NULL,
    from_store_id bigint      NOT NULL,
    to_store_id   bigint      NOT NULL,
    state         text        NOT NULL,
    reason        text        NOT NULL,
    shipped_at    timestamptz NOT NULL,
    received_at   timestamptz,
    shipped_by_id bigint      NOT NULL,  -- the movement that took the goods out
    PRIMARY KEY (consortium_id, transfer_id),
    CONSTRAINT transfer_number_is_unique UNIQUE (consortium_id, number),
    CONSTRAINT transfer_leaves_a_store FOREIGN KEY (consortium_id, from_store_id) REFERENCES parties.store,
    CONSTRAINT transfer_reaches_a_store FOREIGN KEY (consortium_id, to_store_id) REFERENCES parties.store,
    CONSTRAINT transfer_is_of_a_movement FOREIGN KEY (consortium_id, shipped_by_id) REFERENCES stock_ledger.movement,
    CONSTRAINT transfer_goes_elsewhere CHECK (from_store_id <> to_store_id),
    CONSTRAINT transfer_state_is_known CHECK (state IN ('in-transit', 'received')),
    CONSTRAINT received_transfer_has_its_time CHECK ((state = 'received') = (received_at IS NOT NULL))
);
ALTER TABLE stock_ledger.transfer ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON stock_ledger.transfer USING (consortium_id = nullif(current_setting('lianyao.consortium_id', true), '')::bigint);

GRANT USAGE ON SCHEMA stock_ledger TO lianyao_application;
GRANT SELECT, INSERT ON stock_ledger.batch, stock_ledger.movement, stock_ledger.entry TO lianyao_application;
GRANT SELECT, INSERT, UPDATE ON stock_ledger.balance, stock_ledger.product_day, stock_ledger.transfer TO lianyao_application;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA stock_ledger TO lianyao_application;
