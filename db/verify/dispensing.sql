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

-- A prescription waits for review exactly when it was written and not decided, with its current version and urgency.
SELECT consortium_id, prescription_id, waiting.version, prescription.version
  FROM (SELECT * FROM dispensing.prescription WHERE state = 'issued') AS prescription
  FULL JOIN dispensing.review_queue AS waiting USING (consortium_id, prescription_id)
 WHERE prescription.version IS DISTINCT FROM waiting.version OR prescription.prescriber_id <> waiting.prescriber_id
    OR waiting.urgency <> CASE WHEN prescription.kind = 'emergency' THEN 0 WHEN prescription.patient_waiting THEN 1 ELSE 2 END;

-- A signature is by a key of the prescriber.
SELECT signature.consortium_id, signature.prescription_id, signature.version
  FROM dispensing.prescription_signature AS signature
  JOIN dispensing.prescription USING (consortium_id, prescription_id)
  JOIN dispensing.signing_key USING (consortium_id, key_id)
 WHERE signing_key.person_id <> prescription.prescriber_id;

-- Whoever looks at a prescription keeps what was found; an approval stands on no finding that blocks.
SELECT review.consortium_id, review.prescription_id, review.version
  FROM dispensing.review
  JOIN dispensing.prescription_check AS found USING (consortium_id, prescription_id, version)
 WHERE found.stage = 'review' AND review.outcome = 'approved'
   AND found.findings @> '[{"severity": "block"}]';

-- Nobody holds a prescription that is not to be handed out.
SELECT claim.consortium_id, claim.claim_id, prescription.state
  FROM dispensing.claim
  JOIN dispensing.prescription USING (consortium_id, prescription_id)
 WHERE claim.ended_at IS NULL AND prescription.state NOT IN ('approved', 'partly-dispensed');

-- A claim is of its store's facility, and what it was used for is a dispensing of its prescription from that facility.
SELECT claim.consortium_id, claim.claim_id
  FROM dispensing.claim
  JOIN parties.store USING (consortium_id, store_id)
  LEFT JOIN dispensing.dispensing
    ON dispensing.consortium_id = claim.consortium_id AND dispensing.dispensing_id = claim.dispensing_id
  LEFT JOIN parties.store AS origin
    ON origin.consortium_id = dispensing.consortium_id AND origin.store_id = dispensing.store_id
 WHERE claim.facility_id <> store.facility_id
    OR (claim.dispensing_id IS NOT NULL
        AND (dispensing.prescription_id <> claim.prescription_id OR origin.facility_id <> claim.facility_id));

-- Nothing is handed out elsewhere while a claim holds. Two requests that wait for each other may tell the time in the other
-- order than they were done in; the longest takes less than a minute.
SELECT dispensing.consortium_id, dispensing.dispensing_id, claim.claim_id
  FROM dispensing.dispensing
  JOIN parties.store USING (consortium_id, store_id)
  JOIN dispensing.claim USING (consortium_id, prescription_id)
 WHERE claim.facility_id <> store.facility_id
   AND claim.claimed_at < dispensing.dispensed_at - interval '1 minute'
   AND least(claim.ended_at, claim.expires_at) > dispensing.dispensed_at + interval '1 minute';

-- Two claims on one prescription never hold at the same time, but for the length of a request.
SELECT one.consortium_id, one.claim_id, other.claim_id AS other_claim_id
  FROM dispensing.claim AS one
  JOIN dispensing.claim AS other
    ON other.consortium_id = one.consortium_id AND other.prescription_id = one.prescription_id
   AND other.claim_id > one.claim_id
 WHERE least(one.ended_at, one.expires_at, other.ended_at, other.expires_at)
     - greatest(one.claimed_at, other.claimed_at) > interval '1 minute';

-- A claim that was passed on ended with that, and the next one is on the same prescription.
SELECT next.consortium_id, next.claim_id
  FROM dispensing.claim AS next
  JOIN dispensing.claim AS passed_on
    ON passed_on.consortium_id = next.consortium_id AND passed_on.claim_id = next.passed_on_by_id
 WHERE passed_on.prescription_id <> next.prescription_id OR passed_on.ended_how <> 'transferred';

-- A dispensed line knows how much of it came back in whole packs onto the shelf.
SELECT line.consortium_id, line.dispensing_id, line.line_number, line.returned_sealed, coalesce(sealed.units, 0)
  FROM dispensing.dispensing_line AS line
  LEFT JOIN (SELECT consortium_id, dispensing_id, line_number, sum(quantity)::bigint AS units
               FROM dispensing.patient_return_line WHERE returned_into = 'available'
              GROUP BY consortium_id, dispensing_id, line_number) AS sealed
 USING (consortium_id, dispensing_id, line_number)
 WHERE line.returned_sealed <> coalesce(sealed.units, 0);

-- Opened packs gave what the sub-packaging record says, and dispensed lines know what came out of opened packs.
SELECT pack.consortium_id, pack.pack_id, pack.taken, used.units
  FROM dispensing.opened_pack AS pack
  LEFT JOIN (SELECT consortium_id, pack_id, sum(quantity)::bigint AS units FROM dispensing.pack_use
              GROUP BY consortium_id, pack_id) AS used USING (consortium_id, pack_id)
 WHERE pack.taken IS DISTINCT FROM used.units;
SELECT line.consortium_id, line.dispensing_id, line.line_number, line.split, used.units
  FROM dispensing.dispensing_line AS line
  LEFT JOIN (SELECT consortium_id, dispensing_id, line_number, sum(quantity)::bigint AS units FROM dispensing.pack_use
              GROUP BY consortium_id, dispensing_id, line_number) AS used USING (consortium_id, dispensing_id, line_number)
 WHERE line.split <> coalesce(used.units, 0);
SELECT pack_use.consortium_id, pack_use.dispensing_id, pack_use.line_number, pack_use.pack_id
  FROM dispensing.pack_use
  JOIN dispensing.opened_pack AS pack USING (consortium_id, pack_id)
  JOIN dispensing.dispensing USING (consortium_id, dispensing_id)
  JOIN dispensing.dispensing_line AS line USING (consortium_id, dispensing_id, line_number)
 WHERE (pack.batch_id, pack.store_id) <> (line.batch_id, dispensing.store_id);

-- Open packs hold no more of a batch than the store has available, but for what has left the shelf otherwise since they
-- were opened: the next handing out takes that off them.
SELECT open.consortium_id, open.store_id, open.batch_id, open.remaining, balance.quantity
  FROM (SELECT pack.consortium_id, pack.store_id, pack.batch_id, sum(pack.units - pack.taken - pack.moved) AS remaining,
               min(opening.movement_id) AS movement_id
          FROM dispensing.opened_pack AS pack
          JOIN (SELECT consortium_id, pack_id, min(movement_id) AS movement_id
                  FROM dispensing.pack_use JOIN dispensing.dispensing USING (consortium_id, dispensing_id)
                 GROUP BY consortium_id, pack_id) AS opening USING (consortium_id, pack_id)
         WHERE pack.closed_at IS NULL
         GROUP BY pack.consortium_id, pack.store_id, pack.batch_id) AS open
  LEFT JOIN stock_ledger.balance ON balance.consortium_id = open.consortium_id AND balance.store_id = open.store_id
   AND balance.batch_id = open.batch_id AND balance.state = 'available'
 WHERE open.remaining - coalesce(balance.quantity, 0) > (
       SELECT coalesce(-sum(entry.quantity), 0)
         FROM stock_ledger.entry
         JOIN stock_ledger.movement USING (consortium_id, movement_id)
        WHERE entry.consortium_id = open.consortium_id AND entry.store_id = open.store_id
          AND entry.batch_id = open.batch_id AND entry.state = 'available' AND entry.quantity < 0
          AND entry.movement_id > open.movement_id AND movement.document NOT LIKE 'dispensing %');

-- A box is out at most once: handed out whole and not brought back, or opened; and it knows.
SELECT code.consortium_id, code.code, code.state, whole.times, pack.pack_id
  FROM dispensing.trace_code AS code
  LEFT JOIN (SELECT consortium_id, code, count(*) AS times FROM dispensing.dispensed_code
              WHERE NOT is_split AND return_id IS NULL GROUP BY consortium_id, code) AS whole USING (consortium_id, code)
  LEFT JOIN dispensing.opened_pack AS pack ON pack.consortium_id = code.consortium_id AND pack.trace_code = code.code
 WHERE coalesce(whole.times, 0) + (pack.pack_id IS NOT NULL)::integer > 1
    OR (code.state = 'dispensed') <> (whole.times IS NOT NULL OR pack.closing IS NOT DISTINCT FROM 'used-up')
    OR (code.state = 'opened') <> (pack.pack_id IS NOT NULL AND pack.closing IS DISTINCT FROM 'used-up');

-- A box is of the article and batch of the line that handed it out, and boxes hold no more than the line.
SELECT handed.consortium_id, handed.dispensing_id, handed.line_number
  FROM dispensing.dispensed_code AS handed
  JOIN dispensing.trace_code AS code USING (consortium_id, code)
  JOIN dispensing.dispensing_line AS line USING (consortium_id, dispensing_id, line_number)
 WHERE (code.article_id, code.batch_id) <> (line.article_id, line.batch_id);
SELECT line.consortium_id, line.dispensing_id, line.line_number
  FROM dispensing.dispensing_line AS line
  JOIN dispensing.dispensed_code AS handed USING (consortium_id, dispensing_id, line_number)
 GROUP BY line.consortium_id, line.dispensing_id, line.line_number, line.quantity, line.split
HAVING coalesce(sum(handed.quantity) FILTER (WHERE NOT handed.is_split), 0) > line.quantity - line.split
    OR coalesce(sum(handed.quantity) FILTER (WHERE handed.is_split), 0) > line.split;

-- A split pack's code was reported for exactly what the pack gave to each line.
SELECT pack.consortium_id, pack.pack_id, pack.trace_code
  FROM dispensing.opened_pack AS pack
  JOIN dispensing.pack_use AS used USING (consortium_id, pack_id)
  LEFT JOIN dispensing.dispensed_code AS handed ON handed.consortium_id = used.consortium_id
   AND handed.dispensing_id = used.dispensing_id AND handed.line_number = used.line_number
   AND handed.code = pack.trace_code AND handed.is_split
 WHERE pack.trace_code IS NOT NULL AND handed.quantity IS DISTINCT FROM used.quantity;

-- What was handed out after another person's preparation is what that person prepared, there.
SELECT dispensing.consortium_id, dispensing.dispensing_id
  FROM dispensing.dispensing
  JOIN dispensing.preparation USING (consortium_id, preparation_id)
 WHERE (preparation.prescription_id, preparation.version, preparation.store_id)
       <> (dispensing.prescription_id, dispensing.version, dispensing.store_id);
