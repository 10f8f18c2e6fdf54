-- one row an asked firm and one of the claimed firms that is inferred to be of its brand, with the confidence of the weaker
WITH member AS (
    SELECT DISTINCT home_id, home_id AS firm_id, 1.0 AS confidence FROM firm_affiliate
    UNION ALL
    SELECT home_id, affiliate_id, confidence FROM firm_affiliate
)
SELECT a.firm_id, c.firm_id AS other_id, max(least(a.confidence, c.confidence)) AS confidence
FROM member a
JOIN member c USING (home_id)
WHERE a.firm_id <> c.firm_id
    AND a.firm_id IN (SELECT unnest($firms::VARCHAR[])) AND c.firm_id IN (SELECT unnest($claimed::VARCHAR[]))
GROUP BY ALL
ORDER BY a.firm_id, confidence DESC, other_id
