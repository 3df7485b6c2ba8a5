-- An order that a platform has sent has every line taken in, refused or void: none is left between.
SELECT consortium_id, platform, number, line_number, line.state
  FROM platform_exchange.placed_order
  JOIN platform_exchange.placed_line AS line USING (consortium_id, platform, order_id)
 WHERE placed_order.state = 'sent' AND line.state = 'pending';

-- A void order has no line that is live.
SELECT consortium_id, platform, number, line_number, line.state
  FROM platform_exchange.placed_order
  JOIN platform_exchange.placed_line AS line USING (consortium_id, platform, order_id)
 WHERE placed_order.state = 'void' AND line.state <> 'void';

-- Every order that platforms are told of has its document in the outbox.
SELECT placed_order.consortium_id, placed_order.platform, placed_order.number
  FROM platform_exchange.placed_order
  LEFT JOIN outbox.document
    ON document.consortium_id = placed_order.consortium_id AND destination = platform AND document_key = number
 WHERE document_key IS NULL;

-- What was announced of a delivery is in its shipment: packs of a shipment's line are those of its delivery lines.
SELECT delivery.consortium_id, delivery.shipment_id, delivery.shipment_line, delivery.packs, line.packs AS announced
  FROM (SELECT consortium_id, shipment_id, shipment_line, sum(packs) AS packs
          FROM platform_exchange.delivery_line WHERE shipment_id IS NOT NULL
         GROUP BY consortium_id, shipment_id, shipment_line) AS delivery
  JOIN distribution.shipment_line AS line
    ON line.consortium_id = delivery.consortium_id AND line.shipment_id = delivery.shipment_id
   AND line.line_number = delivery.shipment_line
 WHERE delivery.packs <> line.packs;

-- Where a platform lists invoices, every accepted and every paid one has its message.
SELECT invoice.consortium_id, invoice.platform, invoice.supplier, invoice.number, told.kind
  FROM platform_exchange.invoice
 CROSS JOIN LATERAL (VALUES ('accept-invoice', true), ('confirm-payment', paid_at IS NOT NULL)) AS told (kind, is_due)
 WHERE origin = 'invoices' AND invoice.state = 'accepted' AND told.is_due
   AND NOT EXISTS (
       SELECT FROM outbox.message
        WHERE message.consortium_id = invoice.consortium_id AND message.destination = invoice.platform AND message.kind = told.kind
          AND message.business_key = 'invoice ' || supplier || '/' || CASE WHEN code = '' THEN '' ELSE code || '-' END || number
                                     || '/' || told.kind);

-- Where deliveries say what is invoiced, every paid delivery is in one settlement, and a settlement pays what its invoices come to.
SELECT invoice.consortium_id, invoice.platform, invoice.supplier, invoice.number, line.invoice_line
  FROM platform_exchange.invoice
  JOIN platform_exchange.invoice_line AS line USING (consortium_id, invoice_id)
  LEFT JOIN platform_exchange.settlement_line AS settled
    ON settled.consortium_id = line.consortium_id AND settled.invoice_id = line.invoice_id
   AND settled.delivery_line = line.reference
 WHERE origin = 'deliveries' AND paid_at IS NOT NULL AND line.withdrawn_at IS NULL AND settled.settlement_id IS NULL;
SELECT settlement.consortium_id, settlement.number, settlement.amount, sum(line.amount) AS lines
  FROM platform_exchange.settlement
  JOIN platform_exchange.settlement_line AS settled USING (consortium_id, settlement_id)
  JOIN platform_exchange.invoice_line AS line
    ON line.consortium_id = settled.consortium_id AND line.invoice_id = settled.invoice_id
   AND line.invoice_line = settled.delivery_line
 GROUP BY settlement.consortium_id, settlement.number, settlement.amount
HAVING settlement.amount <> sum(line.amount);

-- No more packs go back than were accepted, and a return's packs are what platforms are told of it or less.
SELECT returned.consortium_id, returned.shipment_id, returned.shipment_line, sum(returned.packs) AS returned, line.accepted
  FROM distribution.supplier_return AS returned
  JOIN distribution.goods_receipt_line AS line
    ON line.consortium_id = returned.consortium_id AND line.shipment_id = returned.shipment_id
   AND line.shipment_line = returned.shipment_line
 GROUP BY returned.consortium_id, returned.shipment_id, returned.shipment_line, line.accepted
HAVING sum(returned.packs) > line.accepted;
SELECT returned.consortium_id, returned.number, returned.packs, sum(placed.packs) AS told
  FROM distribution.supplier_return AS returned
  JOIN platform_exchange.placed_return AS placed USING (consortium_id, return_id)
 GROUP BY returned.consortium_id, returned.return_id, returned.number, returned.packs
HAVING sum(placed.packs) > returned.packs;
