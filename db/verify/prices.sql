-- No two published prices of one platform, kind and article hold on the same day.
SELECT platform, kind, article_id, one.price_id, other.price_id AS other_id
  FROM prices.published_price AS one
  JOIN prices.published_price AS other USING (platform, kind, article_id)
 WHERE one.price_id < other.price_id AND one.superseded_at IS NULL AND other.superseded_at IS NULL
   AND one.valid_from <= coalesce(other.valid_through, 'infinity')
   AND other.valid_from <= coalesce(one.valid_through, 'infinity');

-- No two agreed prices of one kind, supplier, article and award hold on the same day.
SELECT consortium_id, kind, company_id, article_id, one.price_id, other.price_id AS other_id
  FROM prices.agreed_price AS one
  JOIN prices.agreed_price AS other USING (consortium_id, kind, company_id, article_id)
 WHERE one.price_id < other.price_id AND one.superseded_at IS NULL AND other.superseded_at IS NULL
   AND (one.tender_id, one.package_number) IS NOT DISTINCT FROM (other.tender_id, other.package_number)
   AND one.valid_from <= coalesce(other.valid_through, 'infinity')
   AND other.valid_from <= coalesce(one.valid_through, 'infinity');

-- No record stops counting before it was made.
SELECT kind, price_id FROM prices.published_price WHERE superseded_at < recorded_at
 UNION ALL
SELECT kind, price_id FROM prices.agreed_price WHERE superseded_at < recorded_at;
