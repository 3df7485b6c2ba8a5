-- Every group of a substance is in its edition.
SELECT edition_id, substance.code, member
  FROM medication_rules.substance, unnest(groups) AS member
 WHERE NOT EXISTS (SELECT FROM medication_rules.substance_group AS known
                    WHERE known.edition_id = substance.edition_id AND known.code = member);

-- What interactions, allergens and limits name is a substance or a group of their edition.
SELECT named.edition_id, named.code, named.member
  FROM (SELECT edition_id, code, first_code AS member FROM medication_rules.interaction
        UNION ALL SELECT edition_id, code, second_code FROM medication_rules.interaction
        UNION ALL SELECT edition_id, code, unnest(members || cross_reacting) FROM medication_rules.allergen
        UNION ALL SELECT edition_id, code, unnest(members) FROM medication_rules.person_limit
        UNION ALL SELECT edition_id, code, unnest(members) FROM medication_rules.institution_limit) AS named
 WHERE NOT EXISTS (SELECT FROM medication_rules.substance AS known
                    WHERE known.edition_id = named.edition_id AND known.code = named.member)
   AND NOT EXISTS (SELECT FROM medication_rules.substance_group AS known
                    WHERE known.edition_id = named.edition_id AND known.code = named.member);

-- Every limit has a national value that holds until further notice.
SELECT DISTINCT key
  FROM medication_rules.limit_value AS said
 WHERE NOT EXISTS (SELECT FROM medication_rules.limit_value AS national
                    WHERE national.key = said.key AND national.scope = 'national' AND national.valid_through IS NULL);

-- No region says a limit twice for one day.
SELECT key, region, one.valid_from, other.valid_from
  FROM medication_rules.limit_value AS one JOIN medication_rules.limit_value AS other USING (key, region)
 WHERE one.valid_from < other.valid_from AND coalesce(one.valid_through, 'infinity') >= other.valid_from
   AND one.valid_through IS NOT NULL;
