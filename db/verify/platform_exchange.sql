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
