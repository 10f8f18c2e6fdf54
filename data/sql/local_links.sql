-- one row a link between two firms, recorded or inferred (brand: of one brand), and which ends are in the region; {region} is
-- the region's condition on f. Branches elsewhere from which no other link goes on lead nowhere and are left out
WITH local AS (SELECT f.firm_id FROM firm f WHERE {region}),
member AS (
    SELECT home_id, home_id AS firm_id, 1.0 AS confidence FROM firm_affiliate
    UNION
    SELECT home_id, affiliate_id, confidence FROM firm_affiliate
),
way AS (
    SELECT from_firm AS firm_id FROM relation
    UNION SELECT to_firm FROM relation WHERE kind <> 'branch'
    UNION SELECT firm_id FROM member
    UNION SELECT firm_id FROM local
),
link AS (
    SELECT r.from_firm, r.to_firm, r.kind, r.since, coalesce(s.title, r.source_id) AS source_title, NULL AS confidence
    FROM relation r LEFT JOIN source s USING (source_id)
    WHERE r.kind <> 'branch' OR r.to_firm IN (FROM way)
    UNION ALL
    -- firms of one brand: any of them is tied to those that are local
    SELECT m.firm_id, o.firm_id, 'brand', NULL, NULL, least(m.confidence, o.confidence)
    FROM member o
    SEMI JOIN local l ON l.firm_id = o.firm_id
    JOIN member m ON m.home_id = o.home_id AND m.firm_id <> o.firm_id
)
SELECT
    k.from_firm AS from_id, k.from_firm IN (FROM local) AS from_local, k.to_firm AS to_id,
    k.to_firm IN (FROM local) AS to_local, k.kind, k.since, k.source_title, k.confidence
FROM link k
ORDER BY from_id, to_id, k.kind, k.since, k.source_title
