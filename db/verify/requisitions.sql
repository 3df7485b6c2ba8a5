-- An approved or pooled requisition has an approved quantity on every requested line.
SELECT line.consortium_id, line.requisition_id, line.line_number
  FROM requisitions.requisition_line AS line
  JOIN requisitions.requisition USING (consortium_id, requisition_id)
 WHERE requisition.state IN ('approved', 'pooled') AND line.requested > 0 AND line.approved IS NULL;

-- A requisition that is not yet approved has no approved quantity.
SELECT line.consortium_id, line.requisition_id, line.line_number
  FROM requisitions.requisition_line AS line
  JOIN requisitions.requisition USING (consortium_id, requisition_id)
 WHERE requisition.state IN ('draft', 'submitted', 'returned') AND line.approved IS NOT NULL;

-- A requisition is for a store of its own facility.
SELECT requisition.consortium_id, requisition.requisition_id
  FROM requisitions.requisition
  JOIN parties.store USING (consortium_id, store_id)
 WHERE store.facility_id <> requisition.facility_id;

-- What was submitted asks for something.
SELECT requisition.consortium_id, requisition.requisition_id
  FROM requisitions.requisition
 WHERE requisition.state IN ('submitted', 'approved', 'pooled')
   AND NOT EXISTS (SELECT FROM requisitions.requisition_line AS line
                    WHERE line.consortium_id = requisition.consortium_id
                      AND line.requisition_id = requisition.requisition_id
                      AND line.requested > 0);

-- What was submitted says why wherever it asks for much more than suggested, or for nothing where something was.
SELECT line.consortium_id, line.requisition_id, line.line_number
  FROM requisitions.requisition_line AS line
  JOIN requisitions.requisition USING (consortium_id, requisition_id)
 WHERE requisition.state IN ('submitted', 'approved', 'pooled')
   AND (line.requested > line.suggested * 2::numeric
        OR (line.requested = 0 AND line.suggested > 0))
   AND line.reason = '';

-- The lines of a requisition are numbered 1, 2, … without a gap.
SELECT consortium_id, requisition_id, count(*) AS lines, max(line_number) AS last_line
  FROM requisitions.requisition_line
 GROUP BY consortium_id, requisition_id
HAVING count(*) <> max(line_number);

-- The times of a requisition are in the order of its life.
SELECT consortium_id, requisition_id
  FROM requisitions.requisition
 WHERE submitted_at < opened_at OR decided_at < opened_at;

-- The times of a shortage report are in the order of its path.
SELECT consortium_id, shortage_id
  FROM requisitions.shortage_report
 WHERE purchasing_at < registered_at OR delivered_at < purchasing_at OR ended_at < registered_at OR ended_at < delivered_at;
