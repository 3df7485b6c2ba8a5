-- Patients choose pharmacies, not stores that serve none.
SELECT chosen.consortium_id, chosen.store_id
  FROM (SELECT consortium_id, store_id FROM prescription_flow.patient_pharmacy
        UNION ALL
        SELECT consortium_id, store_id FROM prescription_flow.prescription_pharmacy) AS chosen
  JOIN parties.store USING (consortium_id, store_id)
 WHERE store.kind = 'central';

-- What was shared went from the store that was asked to the one that asks, as much as was agreed of what was asked for.
SELECT sharing.consortium_id, sharing.sharing_id
  FROM prescription_flow.sharing_request AS sharing
  JOIN stock_ledger.transfer USING (consortium_id, transfer_id)
  LEFT JOIN LATERAL (
       SELECT sum(entry.quantity)::bigint AS units, bool_and(entry.product_id = sharing.product_id) AS is_asked_for
         FROM stock_ledger.entry
        WHERE entry.consortium_id = transfer.consortium_id AND entry.movement_id = transfer.shipped_by_id
          AND entry.quantity > 0) AS sent ON TRUE
 WHERE transfer.from_store_id <> sharing.holding_store_id OR transfer.to_store_id <> sharing.asking_store_id
    OR sent.units IS DISTINCT FROM sharing.agreed_quantity OR NOT sent.is_asked_for;

-- What was received of a sharing request has arrived in the ledger.
SELECT sharing.consortium_id, sharing.sharing_id
  FROM prescription_flow.sharing_request AS sharing
  JOIN stock_ledger.transfer USING (consortium_id, transfer_id)
 WHERE sharing.state = 'received' AND transfer.state <> 'received';

-- Narcotic and class I psychotropic drugs are not shared, and a sharing request for a prescription is for what it names.
SELECT sharing.consortium_id, sharing.sharing_id
  FROM prescription_flow.sharing_request AS sharing
  JOIN formulary.product USING (product_id)
 WHERE product.special_control IN ('narcotic', 'psychotropic_1')
    OR (sharing.prescription_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM dispensing.prescription_line AS line
         WHERE line.consortium_id = sharing.consortium_id AND line.prescription_id = sharing.prescription_id
           AND line.product_id = sharing.product_id));

-- A delivery leaves from where it was handed out; nothing that is specially controlled is brought, and nothing that is stored
-- cold without being kept so.
SELECT delivery.consortium_id, delivery.delivery_id
  FROM prescription_flow.delivery
  JOIN dispensing.dispensing USING (consortium_id, dispensing_id)
  JOIN dispensing.dispensing_line AS line USING (consortium_id, dispensing_id)
  JOIN formulary.product ON product.product_id = line.product_id
 WHERE delivery.store_id <> dispensing.store_id OR product.special_control <> 'none'
    OR (product.storage IN ('cold', 'frozen') AND NOT delivery.keeps_cold);

-- What was reported short for a prescription is what its line names, and no more than was prescribed.
SELECT link.consortium_id, link.shortage_id
  FROM prescription_flow.prescription_shortage AS link
  JOIN requisitions.shortage_report AS report USING (consortium_id, shortage_id)
 WHERE NOT EXISTS (
       SELECT FROM dispensing.prescription_line AS line
        WHERE line.consortium_id = link.consortium_id AND line.prescription_id = link.prescription_id
          AND line.line_number = link.line_number AND line.product_id = report.product_id
          AND line.quantity >= report.quantity);
