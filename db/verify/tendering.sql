-- No package awards more than it asked for.
SELECT package.consortium_id, package.tender_id, package.package_number, package.quantity, sum(award.quantity) AS awarded
  FROM tendering.tender_package AS package
  JOIN tendering.award USING (consortium_id, tender_id, package_number)
 GROUP BY package.consortium_id, package.tender_id, package.package_number, package.quantity
HAVING sum(award.quantity) > package.quantity;

-- Every award is of a valid bid for the same package, as the bid was made, and of an awarded tender.
SELECT award.consortium_id, award.tender_id, award.package_number, award.award_number
  FROM tendering.award
  JOIN tendering.bid USING (consortium_id, bid_id)
  JOIN tendering.tender ON tender.consortium_id = award.consortium_id AND tender.tender_id = award.tender_id
 WHERE (bid.tender_id, bid.package_number, bid.company_id, bid.article_id, bid.pack_price, bid.pack_size)
       IS DISTINCT FROM
       (award.tender_id, award.package_number, award.company_id, award.article_id, award.pack_price, award.pack_size)
    OR bid.state <> 'valid'
    OR tender.state <> 'awarded'
    OR award.quantity > bid.offered_quantity;

-- No live bid is above the ceiling of its product: price / pack size ≤ ceiling / ceiling units, multiplied out.
SELECT bid.consortium_id, bid.bid_id
  FROM tendering.bid
  JOIN (SELECT consortium_id, tender_id, package_number, product_id, ceiling_price, ceiling_units
          FROM tendering.tender_package
         UNION ALL
        SELECT consortium_id, tender_id, package_number, product_id, ceiling_price, ceiling_units
          FROM tendering.package_alternative) AS ceiling
 USING (consortium_id, tender_id, package_number, product_id)
 WHERE bid.state IN ('sealed', 'valid')
   AND bid.pack_price::numeric * ceiling.ceiling_units > ceiling.ceiling_price::numeric * bid.pack_size;

-- Every bid offers a product of its package.
SELECT bid.consortium_id, bid.bid_id
  FROM tendering.bid
 WHERE NOT EXISTS (SELECT FROM tendering.tender_package AS package
                    WHERE package.consortium_id = bid.consortium_id AND package.tender_id = bid.tender_id
                      AND package.package_number = bid.package_number AND package.product_id = bid.product_id)
   AND NOT EXISTS (SELECT FROM tendering.package_alternative AS alternative
                    WHERE alternative.consortium_id = bid.consortium_id AND alternative.tender_id = bid.tender_id
                      AND alternative.package_number = bid.package_number AND alternative.product_id = bid.product_id);

-- Bids are sealed until their tender is opened, and no longer; none is taken after bids close.
SELECT bid.consortium_id, bid.bid_id
  FROM tendering.bid
  JOIN tendering.tender USING (consortium_id, tender_id)
 WHERE (tender.state IN ('draft', 'published') AND bid.state IN ('valid', 'rejected'))
    OR (tender.state IN ('opened', 'awarded') AND bid.state = 'sealed')
    OR bid.submitted_at >= tender.bids_close_at;

-- In an awarded tender every valid bid without an award says why.
SELECT bid.consortium_id, bid.bid_id
  FROM tendering.bid
  JOIN tendering.tender USING (consortium_id, tender_id)
  LEFT JOIN tendering.award ON award.consortium_id = bid.consortium_id AND award.bid_id = bid.bid_id
 WHERE tender.state = 'awarded' AND bid.state = 'valid' AND award.bid_id IS NULL
   AND (bid.reason_chinese = '' OR bid.reason_english = '');

-- Every award has its price on record, as bid, and every awarded price is of an award.
SELECT consortium_id, tender_id, package_number, company_id, article_id
  FROM (SELECT consortium_id, tender_id, package_number, company_id, article_id, pack_price, pack_size, true AS is_award
          FROM tendering.award) AS award
  FULL JOIN (SELECT DISTINCT consortium_id, tender_id, package_number, company_id, article_id, pack_price, pack_size,
                    true AS is_price
               FROM prices.agreed_price WHERE kind = 'awarded') AS price
 USING (consortium_id, tender_id, package_number, company_id, article_id, pack_price, pack_size)
 WHERE is_award IS NULL OR is_price IS NULL;
