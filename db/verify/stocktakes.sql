-- What a posted stocktake found different is what its movement moved, batch by batch and state by state. More or less of
-- what is reserved is posted as more or less of what is available.
WITH last_tally AS (
    SELECT DISTINCT ON (consortium_id, stocktake_id, line_number)
           consortium_id, stocktake_id, line_number, counted - book AS difference
      FROM stocktakes.tally
     ORDER BY consortium_id, stocktake_id, line_number, round DESC, attempt DESC
)
SELECT consortium_id, movement_id, batch_id, state, found.units, posted.units AS posted_units
  FROM (SELECT line.consortium_id, stocktake.movement_id, line.batch_id,
               CASE line.state WHEN 'reserved' THEN 'available' ELSE line.state END AS state,
               sum(last_tally.difference)::bigint AS units
          FROM stocktakes.stocktake
          JOIN stocktakes.line USING (consortium_id, stocktake_id)
          JOIN last_tally USING (consortium_id, stocktake_id, line_number)
         WHERE stocktake.state = 'posted' AND last_tally.difference <> 0
         GROUP BY line.consortium_id, stocktake.movement_id, line.batch_id, 4) AS found
  FULL JOIN (SELECT entry.consortium_id, entry.movement_id, entry.batch_id, entry.state, sum(entry.quantity)::bigint AS units
               FROM stock_ledger.movement
               JOIN stock_ledger.entry USING (consortium_id, movement_id)
              WHERE movement.document LIKE 'stocktake %' AND entry.store_id IS NOT NULL
              GROUP BY entry.consortium_id, entry.movement_id, entry.batch_id, entry.state) AS posted
 USING (consortium_id, movement_id, batch_id, state)
 WHERE found.units IS DISTINCT FROM posted.units;

-- A movement that posts a stocktake is of that stocktake's store and names it.
SELECT stocktake.consortium_id, stocktake.stocktake_id
  FROM stocktakes.stocktake
  JOIN stock_ledger.movement USING (consortium_id, movement_id)
  JOIN stock_ledger.entry USING (consortium_id, movement_id)
 WHERE movement.document <> 'stocktake ' || stocktake.stocktake_id OR movement.kind <> 'adjustment'
    OR entry.store_id <> stocktake.store_id;

-- What awaits approval or is posted is counted: every line, in the last round in which it was to be.
SELECT line.consortium_id, line.stocktake_id, line.line_number
  FROM stocktakes.line
  JOIN stocktakes.stocktake USING (consortium_id, stocktake_id)
 WHERE stocktake.state IN ('counted', 'awaiting-approval', 'posted')
   AND NOT EXISTS (SELECT FROM stocktakes.tally
                    WHERE tally.consortium_id = line.consortium_id AND tally.stocktake_id = line.stocktake_id
                      AND tally.line_number = line.line_number AND tally.round = line.round);

-- What awaits approval or is posted says why, for every difference and for nothing else.
SELECT line.consortium_id, line.stocktake_id, line.line_number
  FROM stocktakes.line
  JOIN stocktakes.stocktake USING (consortium_id, stocktake_id)
  JOIN (SELECT DISTINCT ON (consortium_id, stocktake_id, line_number)
               consortium_id, stocktake_id, line_number, counted - book AS difference
          FROM stocktakes.tally
         ORDER BY consortium_id, stocktake_id, line_number, round DESC, attempt DESC) AS last_tally
 USING (consortium_id, stocktake_id, line_number)
 WHERE stocktake.state IN ('awaiting-approval', 'posted') AND (line.reason IS NULL) <> (last_tally.difference = 0);

-- One person counts a line in a round.
SELECT consortium_id, stocktake_id, line_number, round
  FROM stocktakes.tally
 GROUP BY consortium_id, stocktake_id, line_number, round
HAVING count(DISTINCT person_id) > 1;

-- A line is counted again by another person than the time before.
SELECT consortium_id, stocktake_id, line_number, round
  FROM (SELECT consortium_id, stocktake_id, line_number, round, person_id,
               lag(person_id) OVER (PARTITION BY consortium_id, stocktake_id, line_number ORDER BY round) AS person_before
          FROM stocktakes.tally WHERE attempt = 1) AS counted
 WHERE person_id = person_before;

-- Who approved a stocktake has counted nothing of it.
SELECT stocktake.consortium_id, stocktake.stocktake_id, tally.line_number
  FROM stocktakes.stocktake
  JOIN stocktakes.tally USING (consortium_id, stocktake_id)
 WHERE stocktake.state = 'posted' AND tally.person_id = stocktake.decided_by_id;

-- What awaits approval or is posted was counted twice wherever it differs much, and any controlled drug that differs.
SELECT line.consortium_id, line.stocktake_id, line.line_number
  FROM stocktakes.line
  JOIN stocktakes.stocktake USING (consortium_id, stocktake_id)
  JOIN formulary.product USING (product_id)
  JOIN (SELECT consortium_id, stocktake_id, line_number, count(DISTINCT round) AS rounds,
               abs((array_agg(counted - book ORDER BY round DESC, attempt DESC))[1])::numeric AS difference,
               (array_agg(book ORDER BY round DESC, attempt DESC))[1] AS book
          FROM stocktakes.tally GROUP BY consortium_id, stocktake_id, line_number) AS counted
 USING (consortium_id, stocktake_id, line_number)
 WHERE stocktake.state IN ('awaiting-approval', 'posted') AND counted.rounds = 1 AND counted.difference > 0
   AND (counted.difference * line.reference_price >= stocktake.recount_value::numeric * line.pack_size
        OR counted.difference * 1000 >= stocktake.recount_per_mille::numeric * counted.book
        OR product.special_control IN ('narcotic', 'psychotropic_1'));

-- Nothing moved in what was frozen: the ledger said the same at every count as when the line was made.
SELECT tally.consortium_id, tally.stocktake_id, tally.line_number, tally.round, tally.attempt
  FROM stocktakes.tally
  JOIN stocktakes.line USING (consortium_id, stocktake_id, line_number)
  JOIN stocktakes.stocktake USING (consortium_id, stocktake_id)
 WHERE stocktake.manner = 'frozen' AND tally.book <> line.listed;

-- A stocktake holds its products still while it is open and frozen, and at no other time.
SELECT consortium_id, document, held.store_id, frozen.store_id AS frozen_store_id
  FROM (SELECT DISTINCT consortium_id, document, store_id FROM stock_ledger.freeze
         WHERE document LIKE 'stocktake %') AS held
  FULL JOIN (SELECT consortium_id, 'stocktake ' || stocktake_id AS document, store_id FROM stocktakes.stocktake
              WHERE manner = 'frozen' AND state NOT IN ('posted', 'cancelled')) AS frozen
 USING (consortium_id, document)
 WHERE held.store_id IS DISTINCT FROM frozen.store_id;

-- A line's product is its batch's, and is what the stocktake counts.
SELECT line.consortium_id, line.stocktake_id, line.line_number
  FROM stocktakes.line
  JOIN stock_ledger.batch USING (consortium_id, batch_id)
  JOIN stocktakes.stocktake USING (consortium_id, stocktake_id)
  LEFT JOIN stocktakes.scope_product AS chosen ON chosen.consortium_id = line.consortium_id
   AND chosen.stocktake_id = line.stocktake_id AND chosen.product_id = line.product_id
 WHERE batch.product_id <> line.product_id OR (chosen.product_id IS NULL) <> (stocktake.scope = 'whole-store');

-- The lines of a stocktake are numbered 1, 2, … without a gap, and so are the attempts of a round.
SELECT consortium_id, stocktake_id, NULL AS line_number
  FROM stocktakes.line GROUP BY consortium_id, stocktake_id HAVING count(*) <> max(line_number)
 UNION ALL
SELECT consortium_id, stocktake_id, line_number
  FROM stocktakes.tally GROUP BY consortium_id, stocktake_id, line_number, round HAVING count(*) <> max(attempt);

-- No line is to be counted, and none was, in a round that has not begun.
SELECT line.consortium_id, line.stocktake_id, line.line_number
  FROM stocktakes.line
  JOIN stocktakes.stocktake USING (consortium_id, stocktake_id)
  LEFT JOIN stocktakes.tally USING (consortium_id, stocktake_id, line_number)
 WHERE line.round > stocktake.round OR tally.round > line.round;

-- The times of a stocktake are in the order of its life.
SELECT consortium_id, stocktake_id
  FROM stocktakes.stocktake
 WHERE submitted_at < opened_at OR decided_at < opened_at;
