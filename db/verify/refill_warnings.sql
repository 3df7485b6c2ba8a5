-- A warning is about as much of a product as its instalment hands out.
SELECT warning.consortium_id, warning.warning_id, warning.quantity, planned.quantity AS planned
  FROM refill_warnings.warning
  LEFT JOIN (SELECT consortium_id, plan_id, instalment_number, product_id, sum(quantity)::bigint AS quantity
               FROM long_prescriptions.instalment_line
              GROUP BY consortium_id, plan_id, instalment_number, product_id) AS planned
 USING (consortium_id, plan_id, instalment_number, product_id)
 WHERE warning.quantity IS DISTINCT FROM planned.quantity;

-- Nothing is warned of after it was collected, and what is said to be collected is. Ten minutes are left for transactions that
-- were under way at midnight.
SELECT warning.consortium_id, warning.warning_id
  FROM refill_warnings.warning
  JOIN long_prescriptions.instalment USING (consortium_id, plan_id, instalment_number)
 WHERE ((warning.raised_at - interval '10 minutes') AT TIME ZONE 'Asia/Shanghai')::date > instalment.collected_on
    OR (warning.resolution = 'collected' AND instalment.state <> 'collected');

-- An open warning belongs to a store that has been reckoned.
SELECT warning.consortium_id, warning.warning_id
  FROM refill_warnings.warning
  LEFT JOIN refill_warnings.reckoning USING (consortium_id, store_id)
 WHERE warning.resolved_at IS NULL AND (reckoning.store_id IS NULL OR reckoning.reckoned_at < warning.raised_at);

-- What ended the reason of a warning before its store was last reckoned has resolved it: the collection, the interruption or
-- end of the plan, its move to another pharmacy. Ten minutes are left for transactions that were under way.
SELECT warning.consortium_id, warning.warning_id
  FROM refill_warnings.warning
  JOIN refill_warnings.reckoning USING (consortium_id, store_id)
  JOIN long_prescriptions.plan USING (consortium_id, plan_id)
  JOIN long_prescriptions.instalment USING (consortium_id, plan_id, instalment_number)
 WHERE warning.resolved_at IS NULL
   AND (plan.state <> 'active' OR plan.store_id <> warning.store_id OR instalment.state <> 'open')
   AND (SELECT max(event.recorded_at) FROM long_prescriptions.plan_event AS event
         WHERE event.consortium_id = plan.consortium_id AND event.plan_id = plan.plan_id)
       < reckoning.reckoned_at - interval '10 minutes';
