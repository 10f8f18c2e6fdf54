-- one row a recorded relation between a firm confirmed in the segment and a firm of the region (they may be the same firm);
-- {region} is the region's condition on f
WITH member AS (
    SELECT firm_id FROM segment_firm WHERE chain_id = $chain_id AND segment_id = $segment_id AND verdict = 'confirmed'
),
near AS (
    SELECT * FROM relation SEMI JOIN member ON firm_id = from_firm
    UNION
    SELECT * FROM relation SEMI JOIN member ON firm_id = to_firm
),
local AS (
    SELECT f.firm_id FROM firm f
    WHERE f.firm_id IN (SELECT from_firm FROM near UNION SELECT to_firm FROM near) AND {region}
)
SELECT
    r.kind,
    a.firm_id AS from_id, a.name AS from_name, da.full_name AS from_region,
    a.firm_id IN (FROM member) AS from_member, a.firm_id IN (FROM local) AS from_local,
    b.firm_id AS to_id, b.name AS to_name, db.full_name AS to_region,
    b.firm_id IN (FROM member) AS to_member, b.firm_id IN (FROM local) AS to_local,
    r.since, r.evidence, r.source_id, coalesce(s.title, r.source_id) AS source_title, r.as_of
FROM near r
JOIN firm a ON a.firm_id = r.from_firm
JOIN firm b ON b.firm_id = r.to_firm
LEFT JOIN division da ON da.adcode = coalesce(a.adcode, a.city_code) AND da.valid_to IS NULL
LEFT JOIN division db ON db.adcode = coalesce(b.adcode, b.city_code) AND db.valid_to IS NULL
LEFT JOIN source s ON s.source_id = r.source_id
WHERE r.from_firm IN (FROM local) OR r.to_firm IN (FROM local)
ORDER BY r.kind, from_name, to_name, r.since DESC, r.evidence
