-- What was dispensed is what the ledger's entries gave to patients, batch by batch.
SELECT consortium_id, document, batch_id, handed_out.units, entered.units
  FROM (SELECT line.consortium_id, 'dispensing ' || line.dispensing_id AS document, line.batch_id,
               sum(line.quantity)::bigint AS units
          FROM dispensing.dispensing_line AS line
         GROUP BY line.consortium_id, line.dispensing_id, line.batch_id) AS handed_out
  FULL JOIN (SELECT entry.consortium_id, movement.document, entry.batch_id, sum(entry.quantity)::bigint AS units
               FROM stock_ledger.movement
               JOIN stock_ledger.entry USING (consortium_id, movement_id)
              WHERE movement.document LIKE 'dispensing %' AND movement.kind = 'issue' AND entry.state = 'patient'
              GROUP BY entry.consortium_id, movement.document, entry.batch_id) AS entered
 USING (consortium_id, document, batch_id)
 WHERE handed_out.units IS DISTINCT FROM entered.units;

-- What came back is what the ledger's entries took from patients, batch by batch and place by place.
SELECT consortium_id, document, batch_id, state, came_back.units, entered.units
  FROM (SELECT line.consortium_id, 'patient-return ' || line.return_id AS document, dispensed.batch_id,
               line.returned_into AS state, sum(line.quantity)::bigint AS units
          FROM dispensing.patient_return_line AS line
          JOIN dispensing.dispensing_line AS dispensed USING (consortium_id, dispensing_id, line_number)
         GROUP BY line.consortium_id, line.return_id, dispensed.batch_id, line.returned_into) AS came_back
  FULL JOIN (SELECT entry.consortium_id, movement.document, entry.batch_id, entry.state, sum(entry.quantity)::bigint AS units
               FROM stock_ledger.movement
               JOIN stock_ledger.entry USING (consortium_id, movement_id)
              WHERE movement.document LIKE 'patient-return %' AND movement.kind = 'patient-return'
                AND entry.store_id IS NOT NULL
              GROUP BY entry.consortium_id, movement.document, entry.batch_id, entry.state) AS entered
 USING (consortium_id, document, batch_id, state)
 WHERE came_back.units IS DISTINCT FROM entered.units;

-- A dispensed line knows how much of it came back.
SELECT line.consortium_id, line.dispensing_id, line.line_number, line.returned, coalesce(came_back.units, 0)
  FROM dispensing.dispensing_line AS line
  LEFT JOIN (SELECT consortium_id, dispensing_id, line_number, sum(quantity)::bigint AS units
               FROM dispensing.patient_return_line
              GROUP BY consortium_id, dispensing_id, line_number) AS came_back
 USING (consortium_id, dispensing_id, line_number)
 WHERE line.returned <> coalesce(came_back.units, 0);

-- Each line of a prescription knows how much of it its dispensings handed out, and nothing else was handed out for it.
SELECT consortium_id, prescription_id, version, line_number, line.handed_out, given.units
  FROM dispensing.prescription_line AS line
  FULL JOIN (SELECT dispensing.consortium_id, dispensing.prescription_id, dispensing.version,
                    line.prescription_line AS line_number, sum(line.quantity)::bigint AS units
               FROM dispensing.dispensing
               JOIN dispensing.dispensing_line AS line USING (consortium_id, dispensing_id)
              GROUP BY dispensing.consortium_id, dispensing.prescription_id, dispensing.version, line.prescription_line) AS given
 USING (consortium_id, prescription_id, version, line_number)
 WHERE line.handed_out IS DISTINCT FROM coalesce(given.units, 0);

-- A prescription is dispensed exactly when every line of its current version was handed out whole; partly dispensed or ended
-- when something was and something was not; in every other state nothing was.
SELECT prescription.consortium_id, prescription.prescription_id, prescription.state
  FROM dispensing.prescription
  JOIN (SELECT consortium_id, prescription_id, version, bool_and(handed_out = quantity) AS is_whole,
               bool_or(handed_out > 0) AS is_begun
          FROM dispensing.prescription_line
         GROUP BY consortium_id, prescription_id, version) AS line USING (consortium_id, prescription_id, version)
 WHERE (prescription.state = 'dispensed') <> line.is_whole
    OR (prescription.state IN ('partly-dispensed', 'ended')) <> (line.is_begun AND NOT line.is_whole);

-- Only the current version was handed out, in parts that are numbered without gaps.
SELECT dispensing.consortium_id, dispensing.prescription_id
  FROM dispensing.dispensing
  JOIN dispensing.prescription USING (consortium_id, prescription_id)
 GROUP BY dispensing.consortium_id, dispensing.prescription_id, prescription.version
HAVING min(dispensing.version) <> prescription.version OR max(dispensing.version) <> prescription.version
    OR max(dispensing.part) <> count(*);

-- Nothing is dispensed that another person than its prescriber did not approve, or on a day it was not valid.
SELECT dispensing.consortium_id, dispensing.dispensing_id
  FROM dispensing.dispensing
  JOIN dispensing.prescription USING (consortium_id, prescription_id)
  JOIN dispensing.prescription_version AS written
    ON written.consortium_id = dispensing.consortium_id AND written.prescription_id = dispensing.prescription_id
   AND written.version = dispensing.version
  LEFT JOIN dispensing.review
    ON review.consortium_id = dispensing.consortium_id AND review.prescription_id = dispensing.prescription_id
   AND review.version = dispensing.version AND review.outcome = 'approved'
   AND review.reviewer_id <> prescription.prescriber_id
 WHERE review.reviewer_id IS NULL
    OR (review.reviewer_id = dispensing.dispenser_id AND NOT dispensing.self_checked)
    OR dispensing.dispensed_on NOT BETWEEN written.written_on
       AND CASE WHEN dispensing.part = 1 THEN written.valid_through
                ELSE coalesce(prescription.collect_through, written.valid_through) END;
