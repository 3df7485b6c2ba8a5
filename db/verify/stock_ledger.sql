-- Every balance equals the sum of its entries.
SELECT consortium_id, store_id, product_id, batch_id, state, balance.quantity, moved.quantity AS entries
  FROM stock_ledger.balance
  FULL JOIN (SELECT consortium_id, store_id, product_id, batch_id, state, sum(quantity)::bigint AS quantity
               FROM stock_ledger.entry WHERE store_id IS NOT NULL
              GROUP BY consortium_id, store_id, product_id, batch_id, state) AS moved
 USING (consortium_id, store_id, product_id, batch_id, state)
 WHERE coalesce(balance.quantity, 0) <> coalesce(moved.quantity, 0);

-- Every movement sums to zero for each batch.
SELECT consortium_id, movement_id, batch_id, sum(quantity) AS quantity
  FROM stock_ledger.entry
 GROUP BY consortium_id, movement_id, batch_id
HAVING sum(quantity) <> 0;

-- Every entry belongs to a movement of the same day, and every movement has entries.
SELECT consortium_id, movement_id, movement.occurred_on, entry.occurred_on AS entry_occurred_on
  FROM stock_ledger.movement
  FULL JOIN (SELECT DISTINCT consortium_id, movement_id, occurred_on FROM stock_ledger.entry) AS entry
 USING (consortium_id, movement_id)
 WHERE movement.occurred_on IS DISTINCT FROM entry.occurred_on;

-- Every entry and balance carries the product and expiry of its batch.
SELECT entry.consortium_id, entry.movement_id, entry.line
  FROM stock_ledger.entry
  LEFT JOIN stock_ledger.batch USING (consortium_id, batch_id)
 WHERE batch.product_id IS DISTINCT FROM entry.product_id;
SELECT balance.consortium_id, balance.store_id, balance.batch_id
  FROM stock_ledger.balance
  JOIN stock_ledger.batch USING (consortium_id, batch_id)
 WHERE (batch.product_id, batch.expires_on) IS DISTINCT FROM (balance.product_id, balance.expires_on);

-- What the days say a product gained is what is available of it.
SELECT consortium_id, store_id, product_id, held.quantity, gained.available
  FROM (SELECT consortium_id, store_id, product_id, sum(quantity) AS quantity FROM stock_ledger.balance
         WHERE state = 'available' GROUP BY consortium_id, store_id, product_id) AS held
  FULL JOIN (SELECT consortium_id, store_id, product_id, sum(available) AS available FROM stock_ledger.product_day
              GROUP BY consortium_id, store_id, product_id) AS gained
 USING (consortium_id, store_id, product_id)
 WHERE coalesce(held.quantity, 0) <> coalesce(gained.available, 0);

-- What the days say was consumed is what went to patients and wards.
SELECT consortium_id, product_id, used.quantity, noted.consumed
  FROM (SELECT consortium_id, product_id, sum(quantity) AS quantity FROM stock_ledger.entry
         WHERE state IN ('patient', 'ward') GROUP BY consortium_id, product_id) AS used
  FULL JOIN (SELECT consortium_id, product_id, sum(consumed) AS consumed FROM stock_ledger.product_day
              GROUP BY consortium_id, product_id) AS noted
 USING (consortium_id, product_id)
 WHERE coalesce(used.quantity, 0) <> coalesce(noted.consumed, 0);

-- An article's batches are of the article's product.
SELECT batch.consortium_id, batch.batch_id
  FROM stock_ledger.batch
  JOIN formulary.article USING (article_id)
 WHERE article.product_id <> batch.product_id;

-- What is in transit to a store is what its open transfers took out.
SELECT consortium_id, store_id, batch_id, held.quantity, shipped.quantity AS shipped
  FROM (SELECT consortium_id, store_id, batch_id, quantity FROM stock_ledger.balance
         WHERE state = 'in-transit' AND quantity <> 0) AS held
  FULL JOIN (SELECT entry.consortium_id, entry.store_id, entry.batch_id, sum(entry.quantity) AS quantity
               FROM stock_ledger.transfer
               JOIN stock_ledger.entry ON entry.consortium_id = transfer.consortium_id
                AND entry.movement_id = transfer.shipped_by_id AND entry.state = 'in-transit'
              WHERE transfer.state = 'in-transit'
              GROUP BY entry.consortium_id, entry.store_id, entry.batch_id) AS shipped
 USING (consortium_id, store_id, batch_id)
 WHERE coalesce(held.quantity, 0) <> coalesce(shipped.quantity, 0);

-- No place held less than nothing at the end of any day.
SELECT consortium_id, store_id, batch_id, state, occurred_on, held
  FROM (SELECT consortium_id, store_id, batch_id, state, occurred_on,
               sum(sum(quantity)) OVER (PARTITION BY consortium_id, store_id, batch_id, state ORDER BY occurred_on) AS held
          FROM stock_ledger.entry WHERE store_id IS NOT NULL
         GROUP BY consortium_id, store_id, batch_id, state, occurred_on) AS day
 WHERE held < 0;

-- A shelf knows the last day on which it has an entry.
SELECT moved.consortium_id, moved.store_id, moved.product_id, moved.last_on, shelf.last_on AS shelf_last_on
  FROM (SELECT consortium_id, store_id, product_id, max(occurred_on) AS last_on
          FROM stock_ledger.entry WHERE store_id IS NOT NULL
         GROUP BY consortium_id, store_id, product_id) AS moved
  LEFT JOIN stock_ledger.shelf USING (consortium_id, store_id, product_id)
 WHERE shelf.last_on IS NULL OR shelf.last_on < moved.last_on;

-- The days tell expired from usable stock as the entries do.
SELECT consortium_id, store_id, product_id, occurred_on, moved.available, day.available AS day_available,
       moved.expired, day.expired AS day_expired, moved.gained, day.gained AS day_gained
  FROM (SELECT entry.consortium_id, entry.store_id, entry.product_id, entry.occurred_on, sum(entry.quantity) AS available,
               sum(entry.quantity) FILTER (WHERE batch.expires_on <= entry.occurred_on) AS expired,
               sum(entry.quantity) FILTER (WHERE batch.expires_on > entry.occurred_on AND entry.quantity > 0) AS gained
          FROM stock_ledger.entry
          JOIN stock_ledger.batch USING (consortium_id, batch_id)
         WHERE entry.store_id IS NOT NULL AND entry.state = 'available'
         GROUP BY entry.consortium_id, entry.store_id, entry.product_id, entry.occurred_on) AS moved
  FULL JOIN stock_ledger.product_day AS day USING (consortium_id, store_id, product_id, occurred_on)
 WHERE (coalesce(moved.available, 0), coalesce(moved.expired, 0), coalesce(moved.gained, 0))
       IS DISTINCT FROM (coalesce(day.available, 0), coalesce(day.expired, 0), coalesce(day.gained, 0));

-- Nothing of a held batch was handed out, sent to another store or set aside between its hold and the lifting of it.
SELECT hold.consortium_id, hold.hold_id, movement.movement_id
  FROM stock_ledger.batch_hold AS hold
  JOIN stock_ledger.entry ON entry.consortium_id = hold.consortium_id AND entry.batch_id = hold.batch_id
   AND entry.movement_id > hold.held_after_id AND entry.movement_id <= coalesce(hold.lifted_after_id, entry.movement_id)
   AND entry.quantity > 0 AND entry.state IN ('patient', 'ward', 'reserved', 'in-transit')
  JOIN stock_ledger.movement ON movement.consortium_id = entry.consortium_id AND movement.movement_id = entry.movement_id
 WHERE movement.kind <> 'reversal';
