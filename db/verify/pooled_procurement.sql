-- Every pooled line is the sum of its shares, and every share is of a pooled line.
SELECT consortium_id, pool_id, product_id, line.quantity, share.quantity AS shares
  FROM pooled_procurement.pool_line AS line
  FULL JOIN (SELECT consortium_id, pool_id, product_id, sum(quantity) AS quantity
               FROM pooled_procurement.pool_share
              GROUP BY consortium_id, pool_id, product_id) AS share
 USING (consortium_id, pool_id, product_id)
 WHERE line.quantity IS DISTINCT FROM share.quantity;

-- Every share is what was approved on its requisition line, and its requisition is pooled.
SELECT share.consortium_id, share.requisition_id, share.requisition_line_number
  FROM pooled_procurement.pool_share AS share
  LEFT JOIN requisitions.requisition_line AS line
    ON line.consortium_id = share.consortium_id AND line.requisition_id = share.requisition_id
   AND line.line_number = share.requisition_line_number
  LEFT JOIN requisitions.requisition
    ON requisition.consortium_id = share.consortium_id AND requisition.requisition_id = share.requisition_id
 WHERE (line.product_id, line.approved, requisition.facility_id, requisition.store_id, requisition.state)
       IS DISTINCT FROM (share.product_id, share.quantity, share.facility_id, share.store_id, 'pooled');

-- Every approved line of a pooled requisition is in a pool.
SELECT line.consortium_id, line.requisition_id, line.line_number
  FROM requisitions.requisition
  JOIN requisitions.requisition_line AS line USING (consortium_id, requisition_id)
  LEFT JOIN pooled_procurement.pool_share AS share
    ON share.consortium_id = line.consortium_id AND share.requisition_id = line.requisition_id
   AND share.requisition_line_number = line.line_number
 WHERE requisition.state = 'pooled' AND line.approved > 0 AND share.requisition_id IS NULL
   AND EXISTS (SELECT FROM pooled_procurement.pool_share AS other
                WHERE other.consortium_id = line.consortium_id AND other.requisition_id = line.requisition_id);

-- The packages of a pool ask for exactly the pooled quantity of the pooled product.
SELECT pool_package.consortium_id, pool_package.tender_id, pool_package.package_number
  FROM pooled_procurement.pool_package
  JOIN pooled_procurement.pool_line USING (consortium_id, pool_id, product_id)
  JOIN tendering.tender_package
    ON tender_package.consortium_id = pool_package.consortium_id AND tender_package.tender_id = pool_package.tender_id
   AND tender_package.package_number = pool_package.package_number
 WHERE (tender_package.product_id, tender_package.quantity) IS DISTINCT FROM (pool_line.product_id, pool_line.quantity);

-- Orders serve no requisition line with more than it asked for.
SELECT consortium_id, requisition_id, requisition_line_number, pool_share.quantity, served.quantity AS served
  FROM (SELECT consortium_id, requisition_id, requisition_line_number, sum(quantity) AS quantity
          FROM pooled_procurement.order_line_share
         GROUP BY consortium_id, requisition_id, requisition_line_number) AS served
  LEFT JOIN pooled_procurement.pool_share USING (consortium_id, requisition_id, requisition_line_number)
 WHERE pool_share.quantity IS NULL OR served.quantity > pool_share.quantity;

-- For each supplier's awarded product of an order that nobody changed, the packs hold at least what they serve, and
-- less than one pack more.
SELECT line.consortium_id, line.order_id, line.line_number
  FROM pooled_procurement.purchase_order_line AS line
  JOIN (SELECT consortium_id, order_id, line_number, sum(quantity) AS quantity
          FROM pooled_procurement.order_line_share
         GROUP BY consortium_id, order_id, line_number) AS served
 USING (consortium_id, order_id, line_number)
 WHERE NOT EXISTS (SELECT FROM pooled_procurement.order_change AS change
                    WHERE change.consortium_id = line.consortium_id AND change.order_id = line.order_id
                      AND change.line_number = line.line_number)
   AND line.packs_ordered * line.pack_size >= served.quantity + line.pack_size;

-- Every order line of an award is at the awarded price, article and pack.
SELECT line.consortium_id, line.order_id, line.line_number
  FROM pooled_procurement.purchase_order
  JOIN pooled_procurement.purchase_order_line AS line USING (consortium_id, order_id)
 WHERE purchase_order.tender_id IS NOT NULL
   AND NOT EXISTS (SELECT FROM tendering.award
                    WHERE award.consortium_id = line.consortium_id AND award.tender_id = purchase_order.tender_id
                      AND award.company_id = purchase_order.company_id AND award.article_id = line.article_id
                      AND award.pack_price = line.pack_price AND award.pack_size = line.pack_size);

-- Every order has lines, each of the article's product, and is delivered to a store of its facility.
SELECT purchase_order.consortium_id, purchase_order.order_id
  FROM pooled_procurement.purchase_order
  LEFT JOIN pooled_procurement.purchase_order_line AS line USING (consortium_id, order_id)
  LEFT JOIN formulary.article USING (article_id)
  LEFT JOIN parties.store
    ON store.consortium_id = purchase_order.consortium_id AND store.store_id = purchase_order.store_id
 WHERE line.line_number IS NULL OR article.product_id IS DISTINCT FROM line.product_id
    OR store.facility_id IS DISTINCT FROM purchase_order.facility_id;

-- An order's state says what its lines say: nothing received before it is sent, all received when it is received,
-- nothing open when it has ended.
SELECT purchase_order.consortium_id, purchase_order.order_id, purchase_order.state
  FROM pooled_procurement.purchase_order
  JOIN (SELECT consortium_id, order_id, sum(packs_received) AS received,
               sum(packs_ordered - packs_received - packs_cancelled) AS open
          FROM pooled_procurement.purchase_order_line
         GROUP BY consortium_id, order_id) AS line
 USING (consortium_id, order_id)
 WHERE (state IN ('draft', 'approved', 'sent', 'confirmed') AND line.received > 0)
    OR (state = 'partly-received' AND (line.received = 0 OR line.open = 0))
    OR (state = 'received' AND (line.received = 0 OR line.open > 0))
    OR (state IN ('closed', 'cancelled') AND line.open > 0);

-- Every order from awards was sent on a day on which the awarded price of each line held, as it was on record then.
SELECT line.consortium_id, line.order_id, line.line_number
  FROM pooled_procurement.purchase_order
  JOIN pooled_procurement.purchase_order_line AS line USING (consortium_id, order_id)
 WHERE purchase_order.tender_id IS NOT NULL AND purchase_order.sent_at IS NOT NULL
   AND NOT EXISTS (SELECT FROM prices.agreed_price AS price
                    WHERE price.kind = 'awarded' AND price.consortium_id = line.consortium_id
                      AND price.tender_id = purchase_order.tender_id AND price.company_id = purchase_order.company_id
                      AND price.article_id = line.article_id AND price.pack_price = line.pack_price
                      AND price.pack_size = line.pack_size
                      AND price.valid_from <= (purchase_order.sent_at AT TIME ZONE 'Asia/Shanghai')::date
                      AND coalesce(price.valid_through, 'infinity')
                          >= (purchase_order.sent_at AT TIME ZONE 'Asia/Shanghai')::date
                      AND price.recorded_at <= purchase_order.sent_at
                      AND coalesce(price.superseded_at, 'infinity') >= purchase_order.sent_at);
