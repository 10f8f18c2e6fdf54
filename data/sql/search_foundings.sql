-- one row a firm that founded, or is inferred to have founded, another in another prefecture: the day of the last one
WITH link AS (
    SELECT from_firm AS firm_id, to_firm AS other_id, since, NULL AS confidence FROM relation WHERE kind IN ('branch', 'owns')
    UNION ALL
    SELECT home_id, affiliate_id, NULL, confidence FROM firm_affiliate
)
SELECT k.firm_id, max(if(k.confidence IS NULL, k.since, b.founded_on)) AS last_on
FROM link k
JOIN firm p ON p.firm_id = k.firm_id
JOIN firm b ON b.firm_id = k.other_id
WHERE b.city_code <> p.city_code
  AND (k.confidence IS NULL OR p.founded_on IS NULL OR b.founded_on > p.founded_on)
GROUP BY k.firm_id
