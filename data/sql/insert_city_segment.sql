-- one row a prefecture and segment: confirmed firms that make or serve (n_makers) and that only do research (n_rd);
-- firms struck off the register (注销、吊销、撤销) are left out
-- the row '*' || chain_id counts each firm of a core segment once.
-- {pairs} chooses pairs (s) and their firms (f), {rows} the rows to write
INSERT INTO city_segment BY NAME
WITH pair AS (
    SELECT coalesce(f.city_code, '000000') AS city_code, s.chain_id, s.segment_id, s.firm_id, s.role, s.core,
        size_weight(f.employees, f.revenue_cny, f.capital_cny, f.capital_flag) AS weight
    FROM segment_firm s
    JOIN firm f USING (firm_id)
    WHERE s.verdict = 'confirmed' AND NOT regexp_matches(coalesce(f.status, ''), '注销|吊销|撤销') AND {pairs}
),
whole AS (
    SELECT
        city_code, chain_id, '*' || chain_id AS segment_id, firm_id,
        CASE WHEN bool_or(role <> 'rd') THEN 'maker' ELSE 'rd' END AS role,
        any_value(weight) AS weight
    FROM pair WHERE core GROUP BY city_code, chain_id, firm_id
)
SELECT
    city_code,
    chain_id,
    segment_id,
    count(*) FILTER (WHERE role <> 'rd') AS n_makers,
    count(*) FILTER (WHERE role = 'rd') AS n_rd,
    coalesce(sum(weight) FILTER (WHERE role <> 'rd'), 0) AS w_makers,
    coalesce(sum(weight) FILTER (WHERE role = 'rd'), 0) AS w_rd,
    coalesce(sum(weight * weight) FILTER (WHERE role <> 'rd'), 0) AS w2_makers,
    coalesce(sum(weight * weight) FILTER (WHERE role = 'rd'), 0) AS w2_rd
FROM (FROM pair UNION ALL BY NAME FROM whole)
WHERE {rows}
GROUP BY ALL
ORDER BY ALL
