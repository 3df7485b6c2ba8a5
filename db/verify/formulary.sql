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
