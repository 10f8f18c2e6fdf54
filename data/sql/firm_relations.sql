-- one row a recorded relation of the firm, seen from it
SELECT
    r.kind,
    CASE WHEN r.from_firm = $firm_id THEN 'to' ELSE 'from' END AS direction,
    o.firm_id AS other_id, o.name AS other_name, d.full_name AS other_region, o.city_code AS other_city,
    o.founded_on AS other_founded_on,
    r.since, r.evidence, r.source_id, coalesce(s.title, r.source_id) AS source_title, r.as_of
FROM relation r
JOIN firm o ON o.firm_id = CASE WHEN r.from_firm = $firm_id THEN r.to_firm ELSE r.from_firm END
LEFT JOIN division d ON d.adcode = coalesce(o.adcode, o.city_code) AND d.valid_to IS NULL
LEFT JOIN source s ON s.source_id = r.source_id
WHERE r.from_firm = $firm_id OR r.to_firm = $firm_id
ORDER BY r.kind, r.since DESC, o.name
