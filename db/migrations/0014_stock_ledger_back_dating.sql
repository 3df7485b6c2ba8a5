-- What happened on an earlier day may be recorded later, as long as no day since then lacks what was taken.

-- A product of a store. Movements lock their shelves before anything else, so they wait for each other and never in a
-- circle; and the shelf tells whether any entry is later than the day a movement counts for.
CREATE TABLE stock_ledger.shelf (
    consortium_id bigint NOT NULL,
    store_id      bigint NOT NULL,
    product_id    bigint NOT NULL,
    last_on       date   NOT NULL,  -- no entry of the shelf is later
    PRIMARY KEY (consortium_id, store_id, product_id),
    CONSTRAINT shelf_is_of_a_store FOREIGN KEY (consortium_id, store_id) REFERENCES parties.store
) WITH (fillfactor = 80);
ALTER TABLE stock_ledger.shelf ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON stock_ledger.shelf USING (consortium_id = nullif(current_setting('lianyao.consortium_id', true), '')::bigint);
INSERT INTO stock_ledger.shelf (consortium_id, store_id, product_id, last_on)
SELECT consortium_id, store_id, product_id, max(occurred_on)
  FROM stock_ledger.entry WHERE store_id IS NOT NULL
 GROUP BY consortium_id, store_id, product_id;

-- The days of a store that are closed: nothing more is recorded for them.
CREATE TABLE stock_ledger.closing (
    consortium_id  bigint      NOT NULL,
    store_id       bigint      NOT NULL,
    closed_through date        NOT NULL,
    closed_at      timestamptz NOT NULL,
    person_id      bigint      NOT NULL,
    PRIMARY KEY (consortium_id, store_id, closed_through),
    CONSTRAINT closing_is_of_a_store FOREIGN KEY (consortium_id, store_id) REFERENCES parties.store,
    CONSTRAINT only_days_that_are_over_are_closed CHECK (closed_through < (closed_at AT TIME ZONE 'Asia/Shanghai')::date)
);
ALTER TABLE stock_ledger.closing ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON stock_ledger.closing USING (consortium_id = nullif(current_setting('lianyao.consortium_id', true), '')::bigint);

ALTER TABLE stock_ledger.movement
    ADD CONSTRAINT movement_is_not_in_the_future CHECK (occurred_on <= (recorded_at AT TIME ZONE 'Asia/Shanghai')::date),
    ADD CONSTRAINT back_dated_movement_has_a_reason
        CHECK (occurred_on >= (recorded_at AT TIME ZONE 'Asia/Shanghai')::date OR reason <> '');

-- Expired stock that nobody has removed yet is not available to anybody, so days without usable stock need to know it.
ALTER TABLE stock_ledger.product_day
    ADD COLUMN expired bigint NOT NULL DEFAULT 0,  -- base units: the part of available that is of batches expired by then
    ADD COLUMN gained  bigint NOT NULL DEFAULT 0;  -- base units that came into available stock, of batches not expired
UPDATE stock_ledger.product_day
   SET expired = moved.expired, gained = moved.gained
  FROM (SELECT entry.consortium_id, entry.store_id, entry.product_id, entry.occurred_on,
               coalesce(sum(entry.quantity) FILTER (WHERE batch.expires_on <= entry.occurred_on), 0) AS expired,
               coalesce(sum(entry.quantity) FILTER (WHERE batch.expires_on > entry.occurred_on AND entry.quantity > 0), 0) AS gained
          FROM stock_ledger.entry
          JOIN stock_ledger.batch USING (consortium_id, batch_id)
         WHERE entry.store_id IS NOT NULL AND entry.state = 'available'
         GROUP BY entry.consortium_id, entry.store_id, entry.product_id, entry.occurred_on) AS moved
 WHERE (product_day.consortium_id, product_day.store_id, product_day.product_id, product_day.occurred_on)
       = (moved.consortium_id, moved.store_id, moved.product_id, moved.occurred_on);

CREATE INDEX product_day_of_expired ON stock_ledger.product_day (consortium_id, store_id, occurred_on) WHERE expired <> 0;

GRANT SELECT, INSERT, UPDATE ON stock_ledger.shelf TO lianyao_application;
GRANT SELECT, INSERT ON stock_ledger.closing TO lianyao_application;
