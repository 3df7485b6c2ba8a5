-- Every published version still holds exactly the entries it was published with.
SELECT consortium_id, version_id, number, entries, content_sha256
  FROM formulary.version
 WHERE status = 'published'
   AND (content_sha256 <> formulary.digest_of_entries(consortium_id, version_id)
        OR entries <> (SELECT count(*) FROM formulary.entry
                        WHERE entry.consortium_id = version.consortium_id AND entry.version_id = version.version_id));

-- No version begins before the day on which it was published, in Asia/Shanghai.
SELECT consortium_id, version_id, number, valid_from, published_at
  FROM formulary.version
 WHERE valid_from < (published_at AT TIME ZONE 'Asia/Shanghai')::date;

-- No version was withdrawn after it had been published without what it said then.
SELECT consortium_id, version_id, number
  FROM formulary.version
 WHERE status = 'withdrawn' AND num_nonnulls(valid_from, published_by, published_at, entries, content_sha256) NOT IN (0, 5);

-- Versions of a consortium are numbered 1, 2, … without gaps.
SELECT consortium_id, count(*), max(number)
  FROM formulary.version
 GROUP BY consortium_id
HAVING count(*) <> max(number) OR min(number) <> 1;

-- Accepted editions of catalogues are numbered 1, 2, … without gaps.
SELECT count(*), max(number)
  FROM formulary.edition
 WHERE status = 'accepted'
HAVING count(*) <> coalesce(max(number), 0);

-- Every edition counts the changes that are kept of it.
SELECT edition.edition_id, edition.catalogue, edition.label
  FROM formulary.edition
  LEFT JOIN (SELECT edition_id,
                    count(*) FILTER (WHERE change = 'added') AS added, count(*) FILTER (WHERE change = 'listed') AS listed,
                    count(*) FILTER (WHERE fields <> '{}') AS changed,
                    count(*) FILTER (WHERE 'reference_price' = ANY(fields)) AS price_changed,
                    count(*) FILTER (WHERE change = 'returned') AS returned,
                    count(*) FILTER (WHERE change = 'withdrawn') AS withdrawn,
                    count(*) FILTER (WHERE change = 'delisted') AS delisted
               FROM formulary.edition_change
              GROUP BY edition_id) AS kept USING (edition_id)
 WHERE (edition.added, edition.listed, edition.changed, edition.price_changed, edition.returned, edition.withdrawn,
        edition.delisted)
    IS DISTINCT FROM (coalesce(kept.added, 0), coalesce(kept.listed, 0), coalesce(kept.changed, 0),
        coalesce(kept.price_changed, 0), coalesce(kept.returned, 0), coalesce(kept.withdrawn, 0), coalesce(kept.delisted, 0));

-- Every change of an accepted edition is of an article that exists.
SELECT edition_id, article_id
  FROM formulary.edition_change
  JOIN formulary.edition USING (edition_id)
 WHERE status = 'accepted' AND NOT EXISTS (SELECT FROM formulary.article WHERE article.article_id = edition_change.article_id);

-- No article is withdrawn by its last edition and on record as if it were not, or the other way round.
SELECT article_id, last.change, article.withdrawn_on
  FROM (SELECT DISTINCT ON (article_id) article_id, change
          FROM formulary.edition_change JOIN formulary.edition USING (edition_id)
         WHERE status = 'accepted' ORDER BY article_id, number DESC) AS last
  JOIN formulary.article USING (article_id)
 WHERE (last.change = 'withdrawn' AND article.withdrawn_on IS NULL)
    OR (last.change IN ('added', 'returned') AND article.withdrawn_on IS NOT NULL);
