-- Batches that nothing may be taken of, in any store of the consortium, while a recall or a suspicion lasts.
CREATE TABLE stock_ledger.batch_hold (
    consortium_id        bigint      NOT NULL,
    hold_id              uuid        NOT NULL,
    batch_id             bigint      NOT NULL,
    reason               text        NOT NULL,
    held_by_id           bigint      NOT NULL,
    held_at              timestamptz NOT NULL,
    held_after_id        bigint      NOT NULL,  -- the last movement before the hold, 0 when there was none
    lifting_reason       text,
    lifted_by_id         bigint,
    lifted_at            timestamptz,
    lifted_after_id      bigint,                -- the last movement under the hold
    CONSTRAINT hold_id_is_unique PRIMARY KEY (consortium_id, hold_id),
    CONSTRAINT hold_is_of_a_batch FOREIGN KEY (consortium_id, batch_id) REFERENCES stock_ledger.batch,
    CONSTRAINT hold_is_by_a_person FOREIGN KEY (consortium_id, held_by_id) REFERENCES identity.person,
    CONSTRAINT hold_is_lifted_by_a_person FOREIGN KEY (consortium_id, lifted_by_id) REFERENCES identity.person,
    CONSTRAINT hold_has_a_reason CHECK (reason <> ''),
    CONSTRAINT lifting_says_who_when_and_why CHECK (
        num_nonnulls(lifting_reason, lifted_by_id, lifted_at, lifted_after_id) IN (0, 4)),
    CONSTRAINT lifting_has_a_reason CHECK (lifting_reason <> '')
);
CREATE UNIQUE INDEX batch_is_held_once ON stock_ledger.batch_hold (consortium_id, batch_id) WHERE lifted_at IS NULL;
ALTER TABLE stock_ledger.batch_hold ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON stock_ledger.batch_hold
    USING (consortium_id = nullif(current_setting('lianyao.consortium_id', true), '')::bigint);

GRANT SELECT, INSERT, UPDATE (lifting_reason, lifted_by_id, lifted_at, lifted_after_id) ON stock_ledger.batch_hold
    TO lianyao_application;
