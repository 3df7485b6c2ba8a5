-- What the ledger holds as reserved for instalments is what open reservations set aside, batch by batch.
SELECT consortium_id, store_id, batch_id, held.quantity, promised.quantity AS promised
  FROM (SELECT entry.consortium_id, entry.store_id, entry.batch_id, sum(entry.quantity)::bigint AS quantity
          FROM stock_ledger.movement
          JOIN stock_ledger.entry USING (consortium_id, movement_id)
         WHERE movement.document LIKE 'instalment %' AND entry.state = 'reserved'
         GROUP BY entry.consortium_id, entry.store_id, entry.batch_id
        HAVING sum(entry.quantity) <> 0) AS held
  FULL JOIN (SELECT reservation.consortium_id, reservation.store_id, line.batch_id, sum(line.quantity)::bigint AS quantity
               FROM long_prescriptions.reservation
               JOIN long_prescriptions.reservation_line AS line USING (consortium_id, reservation_id)
              WHERE reservation.is_open
              GROUP BY reservation.consortium_id, reservation.store_id, line.batch_id) AS promised
 USING (consortium_id, store_id, batch_id)
 WHERE held.quantity IS DISTINCT FROM promised.quantity;

-- The instalments of a plan add up to what its version of the prescription says, line by line.
SELECT consortium_id, plan_id, line_number, planned.quantity, prescribed.quantity AS prescribed
  FROM (SELECT consortium_id, plan_id, line_number, sum(quantity)::bigint AS quantity
          FROM long_prescriptions.instalment_line GROUP BY consortium_id, plan_id, line_number) AS planned
  FULL JOIN (SELECT plan.consortium_id, plan.plan_id, line.line_number, line.quantity
               FROM long_prescriptions.plan
               JOIN dispensing.prescription_line AS line USING (consortium_id, prescription_id, version)) AS prescribed
 USING (consortium_id, plan_id, line_number)
 WHERE planned.quantity IS DISTINCT FROM prescribed.quantity;

-- A reservation sets aside what its instalment hands out, line by line.
SELECT reservation.consortium_id, reservation.reservation_id
  FROM long_prescriptions.reservation
  JOIN long_prescriptions.instalment_line AS line USING (consortium_id, plan_id, instalment_number)
  LEFT JOIN (SELECT consortium_id, reservation_id, line_number, sum(quantity)::bigint AS quantity
               FROM long_prescriptions.reservation_line
              GROUP BY consortium_id, reservation_id, line_number) AS reserved
    ON reserved.consortium_id = reservation.consortium_id AND reserved.reservation_id = reservation.reservation_id
   AND reserved.line_number = line.line_number
 WHERE reserved.quantity IS DISTINCT FROM line.quantity;

-- A collected instalment has its collection, whose dispensing handed out the instalment from its store on its day.
SELECT instalment.consortium_id, instalment.plan_id, instalment.instalment_number
  FROM long_prescriptions.instalment
  LEFT JOIN long_prescriptions.collection USING (consortium_id, plan_id, instalment_number)
  LEFT JOIN dispensing.dispensing USING (consortium_id, dispensing_id)
 WHERE (instalment.state = 'collected') <> (dispensing.dispensing_id IS NOT NULL)
    OR dispensing.store_id <> instalment.store_id OR dispensing.dispensed_on <> instalment.collected_on;
SELECT consortium_id, plan_id, instalment_number, line_number, planned.quantity, handed_out.quantity AS handed_out
  FROM (SELECT consortium_id, plan_id, instalment_number, line_number, quantity
          FROM long_prescriptions.instalment_line
          JOIN long_prescriptions.collection USING (consortium_id, plan_id, instalment_number)) AS planned
  FULL JOIN (SELECT consortium_id, plan_id, instalment_number, line.prescription_line AS line_number,
                    sum(line.quantity)::bigint AS quantity
               FROM long_prescriptions.collection
               JOIN dispensing.dispensing_line AS line USING (consortium_id, dispensing_id)
              GROUP BY consortium_id, plan_id, instalment_number, line.prescription_line) AS handed_out
 USING (consortium_id, plan_id, instalment_number, line_number)
 WHERE planned.quantity IS DISTINCT FROM handed_out.quantity;

-- Instalments are due one after the other, each when the one before is used up or later, and are collected in their order.
SELECT consortium_id, plan_id, instalment_number
  FROM (SELECT consortium_id, plan_id, instalment_number, due_on, state, collected_on,
               lag(due_on + days) OVER plan AS used_up_on, lag(state) OVER plan AS state_before,
               lag(collected_on) OVER plan AS collected_before
          FROM long_prescriptions.instalment
        WINDOW plan AS (PARTITION BY consortium_id, plan_id ORDER BY instalment_number)) AS instalment
 WHERE (state <> 'lapsed' AND due_on < used_up_on)
    OR (state = 'collected' AND (state_before <> 'collected' OR collected_on < collected_before));

-- Nothing is collected before its window, after its grace or after the course, nor is more ahead than the window allows.
SELECT instalment.consortium_id, instalment.plan_id, instalment.instalment_number
  FROM long_prescriptions.instalment
  JOIN long_prescriptions.plan USING (consortium_id, plan_id)
 WHERE collected_on < due_on - least(early_days, days / 2) OR collected_on > due_on + least(grace_days, days / 2)
    OR collected_on > ends_on;

-- A plan is completed when, and only when, all of it was collected; one that is over keeps nothing open.
SELECT plan.consortium_id, plan.plan_id, plan.state
  FROM long_prescriptions.plan
  JOIN (SELECT consortium_id, plan_id, bool_and(state = 'collected') AS is_whole, bool_or(state IN ('open', 'missed')) AS has_rest
          FROM long_prescriptions.instalment GROUP BY consortium_id, plan_id) AS instalments USING (consortium_id, plan_id)
 WHERE (plan.state = 'completed') <> instalments.is_whole
    OR (plan.state IN ('stopped', 'completed', 'expired', 'superseded') AND instalments.has_rest);

-- A live plan is of the current version of a long prescription, and a prescription has one live plan at most.
SELECT plan.consortium_id, plan.plan_id
  FROM long_prescriptions.plan
  JOIN dispensing.prescription USING (consortium_id, prescription_id)
 WHERE prescription.kind <> 'long';
SELECT consortium_id, prescription_id
  FROM long_prescriptions.plan WHERE state <> 'superseded'
 GROUP BY consortium_id, prescription_id HAVING count(*) > 1;
