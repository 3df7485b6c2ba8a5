-- For every order that was received by goods receipts, an order line counts as received what they accepted for it.
SELECT consortium_id, order_id, line_number, ordered.packs_received, accepted.packs
  FROM (SELECT line.consortium_id, line.order_id, line.line_number, line.packs_received
          FROM pooled_procurement.purchase_order_line AS line
         WHERE EXISTS (SELECT FROM distribution.shipment
                        WHERE shipment.consortium_id = line.consortium_id AND shipment.order_id = line.order_id
                          AND shipment.state = 'received')) AS ordered
  FULL JOIN (SELECT shipment.consortium_id, shipment.order_id, line.order_line AS line_number,
                    sum(line.accepted)::bigint AS packs
               FROM distribution.goods_receipt_line AS line
               JOIN distribution.shipment USING (consortium_id, shipment_id)
              GROUP BY shipment.consortium_id, shipment.order_id, line.order_line) AS accepted
 USING (consortium_id, order_id, line_number)
 WHERE ordered.packs_received IS DISTINCT FROM coalesce(accepted.packs, 0);

-- What receipts accepted is what the ledger took in from suppliers for them, batch by batch and store by store.
SELECT consortium_id, document, store_id, article_id, batch_number, expires_on, accepted.units, entered.units
  FROM (SELECT line.consortium_id, 'goods-receipt ' || line.receipt_id AS document, receipt.store_id, line.article_id,
               line.batch_number, line.expires_on, sum(line.accepted_units)::bigint AS units
          FROM distribution.goods_receipt_line AS line
          JOIN distribution.goods_receipt AS receipt USING (consortium_id, receipt_id)
         WHERE line.accepted > 0
         GROUP BY line.consortium_id, line.receipt_id, receipt.store_id, line.article_id, line.batch_number, line.expires_on)
       AS accepted
  FULL JOIN (SELECT entry.consortium_id, movement.document, entry.store_id, batch.article_id, batch.batch_number,
                    batch.expires_on, sum(entry.quantity)::bigint AS units
               FROM stock_ledger.movement
               JOIN stock_ledger.entry USING (consortium_id, movement_id)
               JOIN stock_ledger.batch USING (consortium_id, batch_id)
              WHERE movement.document LIKE 'goods-receipt %' AND movement.kind = 'receipt' AND entry.store_id IS NOT NULL
                AND EXISTS (SELECT FROM distribution.goods_receipt AS receipt
                             WHERE receipt.consortium_id = movement.consortium_id AND receipt.movement_id = movement.movement_id)
              GROUP BY entry.consortium_id, movement.document, entry.store_id, batch.article_id, batch.batch_number,
                       batch.expires_on) AS entered
 USING (consortium_id, document, store_id, article_id, batch_number, expires_on)
 WHERE accepted.units IS DISTINCT FROM entered.units;

-- A shipment is received exactly when there is a receipt for it, in the store it was sent to.
SELECT shipment.consortium_id, shipment.shipment_id, shipment.state
  FROM distribution.shipment
  LEFT JOIN distribution.goods_receipt AS receipt USING (consortium_id, shipment_id)
 WHERE (shipment.state = 'received') <> (receipt.receipt_id IS NOT NULL) OR receipt.store_id <> shipment.store_id;

-- A receipt answers every line of its shipment, with the packs it announced.
SELECT sent.consortium_id, sent.shipment_id, sent.line_number
  FROM distribution.goods_receipt AS receipt
  JOIN distribution.shipment_line AS sent USING (consortium_id, shipment_id)
  LEFT JOIN distribution.goods_receipt_line AS line
    ON line.consortium_id = sent.consortium_id AND line.receipt_id = receipt.receipt_id
   AND line.shipment_line = sent.line_number
 WHERE (line.announced, line.order_line, line.article_id) IS DISTINCT FROM (sent.packs, sent.order_line, sent.article_id);

-- Nothing was accepted that was not ordered, in units that are not the order's, or that had expired.
SELECT line.consortium_id, line.receipt_id, line.shipment_line
  FROM distribution.goods_receipt_line AS line
  JOIN distribution.goods_receipt AS receipt USING (consortium_id, receipt_id)
  JOIN distribution.shipment ON shipment.consortium_id = line.consortium_id AND shipment.shipment_id = line.shipment_id
  JOIN pooled_procurement.purchase_order_line AS ordered
    ON ordered.consortium_id = line.consortium_id AND ordered.order_id = shipment.order_id
   AND ordered.line_number = line.order_line
 WHERE line.accepted > 0
   AND (line.article_id <> ordered.article_id OR line.accepted_units <> line.accepted * ordered.pack_size
        OR line.expires_on <= receipt.received_on);

-- A shipment goes where its order is delivered, and comes from the order's supplier.
SELECT shipment.consortium_id, shipment.shipment_id
  FROM distribution.shipment
  JOIN pooled_procurement.purchase_order AS ordered USING (consortium_id, order_id)
 WHERE (shipment.company_id, shipment.facility_id, shipment.store_id)
       IS DISTINCT FROM (ordered.company_id, ordered.facility_id, ordered.store_id);
