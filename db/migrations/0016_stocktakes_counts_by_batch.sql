-- Stocktakes: what a store's batches were counted to be, why it differs from the ledger, and who agreed.
CREATE SCHEMA stocktakes;

CREATE SEQUENCE stocktakes.stocktake_number;

CREATE TABLE stocktakes.stocktake (
    consortium_id     bigint      NOT NULL REFERENCES parties.consortium,
    stocktake_id      uuid        NOT NULL,  -- the client may have chosen it
    number            text        NOT NULL,  -- 'PD-2026-000001'
    store_id          bigint      NOT NULL,
    name              text        NOT NULL DEFAULT '',  -- '2026年11月月末盘点'
    scope             text        NOT NULL,
    scope_parameter   bigint,                -- days of 'expiring', 1/10000 yuan of 'high-value'
    manner            text        NOT NULL,
    is_blind          boolean     NOT NULL,
    recount_value     bigint      NOT NULL,  -- a difference of this many 1/10000 yuan is counted again
    recount_per_mille bigint      NOT NULL,  -- and one of this share of the book quantity
    state             text        NOT NULL,
    round             integer     NOT NULL DEFAULT 1,  -- 1 the first count, one more with every recount
    reason            text        NOT NULL DEFAULT '',  -- of the last recount, rejection or cancellation
    opened_at         timestamptz NOT NULL,
    opened_by_id      bigint      NOT NULL,  -- a person
    submitted_at      timestamptz,           -- the last time
    submitted_by_id   bigint,
    decided_at        timestamptz,           -- of the last approval or rejection
    decided_by_id     bigint,
    movement_id       bigint,                -- that brought the ledger to the count; none where nothing differed
    version           bigint      NOT NULL DEFAULT 1,  -- one more with every change of the state or the reasons
    CONSTRAINT stocktake_is_opened_once PRIMARY KEY (consortium_id, stocktake_id),
    CONSTRAINT stocktake_number_is_unique UNIQUE (consortium_id, number),
    CONSTRAINT stocktake_is_of_a_store FOREIGN KEY (consortium_id, store_id) REFERENCES parties.store,
    CONSTRAINT stocktake_is_posted_by_a_movement FOREIGN KEY (consortium_id, movement_id) REFERENCES stock_ledger.movement,
    CONSTRAINT a_movement_posts_one_stocktake UNIQUE (consortium_id, movement_id),
    CONSTRAINT scope_is_known CHECK (scope IN ('whole-store', 'products', 'expiring', 'high-value', 'moved-since-count')),
    CONSTRAINT scope_has_its_parameter CHECK ((scope IN ('expiring', 'high-value')) = (scope_parameter IS NOT NULL)),
    CONSTRAINT manner_is_known CHECK (manner IN ('frozen', 'moving')),
    CONSTRAINT recount_rule_is_possible CHECK (recount_value > 0 AND recount_per_mille > 0),
    CONSTRAINT stocktake_state_is_known CHECK (state IN (
        'counting', 'counted', 'recounting', 'awaiting-approval', 'posted', 'cancelled')),
    CONSTRAINT rounds_are_counted_from_one CHECK (round > 0 AND (round > 1 OR state <> 'recounting')),
    CONSTRAINT submitted_stocktake_has_its_time CHECK (
        num_nonnulls(submitted_at, submitted_by_id) = 2
        OR num_nonnulls(submitted_at, submitted_by_id) = 0 AND state NOT IN ('awaiting-approval', 'posted')),
    CONSTRAINT decided_stocktake_has_its_time CHECK (
        num_nonnulls(decided_at, decided_by_id) = 2 OR num_nonnulls(decided_at, decided_by_id) = 0 AND state <> 'posted'),
    CONSTRAINT approver_is_another_than_who_submitted CHECK (state <> 'posted' OR decided_by_id <> submitted_by_id),
    CONSTRAINT only_a_posted_stocktake_has_a_movement CHECK (movement_id IS NULL OR state = 'posted'),
    CONSTRAINT recounted_or_cancelled_stocktake_has_a_reason CHECK (reason <> '' OR state NOT IN ('recounting', 'cancelled')),
    CONSTRAINT version_is_positive CHECK (version > 0)
);
-- Two open counts of one batch would correct the same difference twice.
CREATE UNIQUE INDEX a_store_has_one_open_stocktake
    ON stocktakes.stocktake (consortium_id, store_id) WHERE state NOT IN ('posted', 'cancelled');
CREATE INDEX stocktake_by_time ON stocktakes.stocktake (consortium_id, opened_at, stocktake_id);
ALTER TABLE stocktakes.stocktake ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON stocktakes.stocktake USING (consortium_id = nullif(current_setting('lianyao.consortium_id', true), '')::bigint);

-- What a stocktake counts; no row for a whole store.
CREATE TABLE stocktakes.scope_product (
    consortium_id bigint NOT NULL,
    stocktake_id  uuid   NOT NULL,
    product_id    bigint NOT NULL REFERENCES formulary.product,
    PRIMARY KEY (consortium_id, stocktake_id, product_id),
    CONSTRAINT scope_is_of_a_stocktake FOREIGN KEY (consortium_id, stocktake_id) REFERENCES stocktakes.stocktake
);
ALTER TABLE stocktakes.scope_product ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON stocktakes.scope_product USING (consortium_id = nullif(current_setting('lianyao.consortium_id', true), '')::bigint);

-- One batch in one state on the sheet. Every quantity is in base units.
CREATE TABLE stocktakes.line (
    consortium_id   bigint  NOT NULL,
    stocktake_id    uuid    NOT NULL,
    line_number     integer NOT NULL,  -- 1, 2, … within the stocktake
    product_id      bigint  NOT NULL REFERENCES formulary.product,
    batch_id        bigint  NOT NULL,
    state           text    NOT NULL,
    is_found        boolean NOT NULL,  -- seen on the shelf while counting, not on the sheet before
    listed          bigint  NOT NULL,  -- by the ledger when the line was made
    pack_size       bigint  NOT NULL,  -- base units in a pack, when the line was made
    reference_price bigint,            -- 1/10000 yuan per pack, when the line was made
    round           integer NOT NULL,  -- the last in which it is to be counted
    reason          text,              -- of the difference
    note            text    NOT NULL DEFAULT '',
    PRIMARY KEY (consortium_id, stocktake_id, line_number),
    CONSTRAINT a_batch_stands_on_one_line UNIQUE (consortium_id, stocktake_id, batch_id, state),
    CONSTRAINT line_is_of_a_stocktake FOREIGN KEY (consortium_id, stocktake_id) REFERENCES stocktakes.stocktake,
    CONSTRAINT line_is_of_a_batch FOREIGN KEY (consortium_id, batch_id) REFERENCES stock_ledger.batch,
    CONSTRAINT line_number_is_positive CHECK (line_number > 0),
    CONSTRAINT counted_state_is_on_the_shelf CHECK (state IN ('available', 'quarantined')),
    CONSTRAINT listed_quantity_is_not_negative CHECK (listed >= 0),
    CONSTRAINT pack_holds_something CHECK (pack_size > 0),
    CONSTRAINT line_round_is_positive CHECK (round > 0),
    CONSTRAINT difference_reason_is_known CHECK (reason IN (
        'earlier-count-error', 'record-error', 'unit-error', 'wrong-batch', 'breakage', 'expiry-removed', 'natural-loss',
        'lost', 'stolen', 'found', 'unexplained', 'other')),
    CONSTRAINT unexplained_difference_has_a_note CHECK (reason NOT IN ('unexplained', 'other') OR note <> '')
) WITH (fillfactor = 80);
CREATE INDEX line_of_batch ON stocktakes.line (consortium_id, batch_id);
ALTER TABLE stocktakes.line ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON stocktakes.line USING (consortium_id = nullif(current_setting('lianyao.consortium_id', true), '')::bigint);

-- What somebody counted, and what the ledger said at that moment: appended, never changed. A slip of the pen is a
-- further attempt of the same person in the same round.
CREATE TABLE stocktakes.tally (
    consortium_id bigint      NOT NULL,
    stocktake_id  uuid        NOT NULL,
    line_number   integer     NOT NULL,
    round         integer     NOT NULL,
    attempt       integer     NOT NULL,  -- 1, 2, … within the round
    counted       bigint      NOT NULL,  -- base units
    book          bigint      NOT NULL,  -- base units by the ledger
    is_not_found  boolean     NOT NULL,
    person_id     bigint      NOT NULL,
    counted_at    timestamptz NOT NULL,
    CONSTRAINT a_tally_is_entered_once PRIMARY KEY (consortium_id, stocktake_id, line_number, round, attempt),
    CONSTRAINT tally_is_of_a_line FOREIGN KEY (consortium_id, stocktake_id, line_number) REFERENCES stocktakes.line,
    CONSTRAINT round_and_attempt_are_positive CHECK (round > 0 AND attempt > 0),
    CONSTRAINT counted_quantity_is_not_negative CHECK (counted >= 0),
    CONSTRAINT book_quantity_is_not_negative CHECK (book >= 0),
    CONSTRAINT nothing_counted_is_marked_as_not_found CHECK ((counted = 0) = is_not_found)
);
ALTER TABLE stocktakes.tally ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON stocktakes.tally USING (consortium_id = nullif(current_setting('lianyao.consortium_id', true), '')::bigint);

GRANT USAGE ON SCHEMA stocktakes TO lianyao_application;
GRANT SELECT, INSERT, UPDATE ON stocktakes.stocktake, stocktakes.line TO lianyao_application;
GRANT SELECT, INSERT ON stocktakes.scope_product, stocktakes.tally TO lianyao_application;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA stocktakes TO lianyao_application;
