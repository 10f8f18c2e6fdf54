-- one row a segment: counting firms of the region; '*' || chain_id counts each firm of a core segment once;
-- firms struck off the register (注销、吊销、撤销) are left out
-- {region} is the region's condition on f
WITH pair AS (
    SELECT s.chain_id, s.segment_id, s.firm_id, s.role, s.core, f.stock_code,
        size_weight(f.employees, f.revenue_cny, f.capital_cny, f.capital_flag) AS weight
    FROM firm f
    JOIN segment_firm s USING (firm_id)
    WHERE s.verdict = 'confirmed' AND {region} AND NOT regexp_matches(coalesce(f.status, ''), '注销|吊销|撤销')
),
whole AS (
    SELECT
        chain_id, '*' || chain_id AS segment_id, firm_id,
        CASE WHEN bool_or(role <> 'rd') THEN 'maker' ELSE 'rd' END AS role,
        any_value(stock_code) AS stock_code, any_value(weight) AS weight
    FROM pair WHERE core GROUP BY chain_id, firm_id
)
SELECT
    segment_id,
    count(*) FILTER (WHERE role <> 'rd') AS n_makers,
    count(*) FILTER (WHERE role = 'rd') AS n_rd,
    count(*) FILTER (WHERE stock_code IS NOT NULL) AS n_anchor,
    coalesce(sum(weight) FILTER (WHERE role <> 'rd'), 0) AS w_makers,
    coalesce(sum(weight) FILTER (WHERE role = 'rd'), 0) AS w_rd
FROM (FROM pair UNION ALL BY NAME FROM whole)
GROUP BY ALL
ORDER BY ALL
