-- one row an asked firm and segment of the chain in which it is confirmed; segment_id is NULL where it is confirmed in none.
-- {region} is the region's condition on f
WITH asked AS MATERIALIZED (
    SELECT unnest($firms::VARCHAR[]) AS firm_id
),
known AS MATERIALIZED (
    SELECT
        f.firm_id, f.name, coalesce(f.adcode, f.city_code) AS place, f.status,
        f.stock_code IS NOT NULL AS listed,
        coalesce({region}, false) AS is_local,
        coalesce(regexp_matches(f.status, '注销|吊销|撤销'), false) AS is_struck_off,
        size_weight(f.employees, f.revenue_cny, f.capital_cny, f.capital_flag) AS weight
    FROM firm f
    WHERE f.firm_id IN (SELECT firm_id FROM asked)
),
pair AS (
    SELECT firm_id, segment_id, role, core
    FROM segment_firm
    WHERE chain_id = $chain_id AND verdict = 'confirmed' AND firm_id IN (SELECT firm_id FROM asked)
)
SELECT
    known.* EXCLUDE (place), d.full_name AS region, pair.segment_id, pair.role, pair.core
FROM known
LEFT JOIN pair USING (firm_id)
LEFT JOIN division d ON d.adcode = known.place AND d.valid_to IS NULL
ORDER BY known.firm_id, pair.segment_id
