-- one row a place and segment: firms that count under a tier of evidence and by a day; '*' || chain_id counts each firm of
-- a core segment once. What counts:
-- $tier: strict (把握 at least $sure, or decided by a person), confirmed, or all (with those still to be reviewed)
-- $until: firms founded by then; NULL for all, also those whose date of founding is unknown
-- {place} is the place of a firm f, {region} the condition on it; firms struck off the register are left out
WITH pair AS (
    SELECT {place} AS region, s.chain_id, s.segment_id, s.firm_id, s.role, s.core, f.stock_code,
        size_weight(f.employees, f.revenue_cny, f.capital_cny, f.capital_flag) AS weight
    FROM firm f
    JOIN segment_firm s USING (firm_id)
    WHERE {region} AND NOT regexp_matches(coalesce(f.status, ''), '注销|吊销|撤销')
        AND (s.verdict = 'confirmed' OR ($tier = 'all' AND s.verdict = 'uncertain'))
        AND ($tier <> 'strict' OR s.score >= $sure OR s.decided_by <> 'rule')
        AND ($until IS NULL OR f.founded_on <= $until::DATE)
),
whole AS (
    SELECT
        region, chain_id, '*' || chain_id AS segment_id, firm_id,
        CASE WHEN bool_or(role <> 'rd') THEN 'maker' ELSE 'rd' END AS role,
        any_value(stock_code) AS stock_code, any_value(weight) AS weight
    FROM pair WHERE core GROUP BY region, chain_id, firm_id
)
SELECT
    region,
    segment_id,
    count(*) FILTER (WHERE role <> 'rd') AS n_makers,
    count(*) FILTER (WHERE role = 'rd') AS n_rd,
    count(*) FILTER (WHERE stock_code IS NOT NULL) AS n_anchor,
    coalesce(sum(weight) FILTER (WHERE role <> 'rd'), 0) AS w_makers,
    coalesce(sum(weight) FILTER (WHERE role = 'rd'), 0) AS w_rd,
    coalesce(sum(weight * weight) FILTER (WHERE role <> 'rd'), 0) AS w2_makers,
    coalesce(sum(weight * weight) FILTER (WHERE role = 'rd'), 0) AS w2_rd
FROM (FROM pair UNION ALL BY NAME FROM whole)
GROUP BY region, chain_id, segment_id
ORDER BY region, chain_id, segment_id
