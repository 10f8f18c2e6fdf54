-- Size of a firm, a typical producer's being 1: employees (typical 30), else revenue (2000 万元), else registered capital
-- (200 万元, the median of producing firms in a registry of a million; capital flagged as doubtful is not used). NULL unknown.
CREATE MACRO firm_size(employees, revenue_cny, capital_cny, capital_flag) AS coalesce(
    nullif(employees, 0) / 30.0,
    nullif(revenue_cny, 0) / 2e7,
    CASE WHEN capital_flag IS NULL THEN nullif(capital_cny, 0) END / 2e6
);

-- Weight of a firm by its size: the root of the size, 0.2 to 5; 1 where the size is unknown (least and greatest skip NULL).
CREATE MACRO size_weight(employees, revenue_cny, capital_cny, capital_flag) AS
    CASE
        WHEN firm_size(employees, revenue_cny, capital_cny, capital_flag) IS NULL THEN 1.0
        ELSE sqrt(least(25.0, greatest(0.04, firm_size(employees, revenue_cny, capital_cny, capital_flag))))
    END;

-- w_: the same firms by weight; w2_: sum of their squared weights
ALTER TABLE city_segment DROP COLUMN capital_cny;
ALTER TABLE city_segment ADD COLUMN w_makers DOUBLE;
ALTER TABLE city_segment ADD COLUMN w_rd DOUBLE;
ALTER TABLE city_segment ADD COLUMN w2_makers DOUBLE;
ALTER TABLE city_segment ADD COLUMN w2_rd DOUBLE;
ALTER TABLE city_total ADD COLUMN w_firms DOUBLE;
ALTER TABLE city_total ADD COLUMN w_producers DOUBLE;

-- the counts of before know no weights: they are made anew
DELETE FROM city_segment;
INSERT INTO city_segment BY NAME
WITH pair AS (
    SELECT coalesce(f.city_code, '000000') AS city_code, s.chain_id, s.segment_id, s.firm_id, s.role, s.core,
        size_weight(f.employees, f.revenue_cny, f.capital_cny, f.capital_flag) AS weight
    FROM segment_firm s
    JOIN firm f USING (firm_id)
    WHERE s.verdict = 'confirmed' AND NOT regexp_matches(coalesce(f.status, ''), '注销|吊销|撤销')
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
GROUP BY ALL
ORDER BY ALL;

DELETE FROM city_total;
INSERT INTO city_total BY NAME
SELECT
    coalesce(f.city_code, '000000') AS city_code,
    count(*) AS n_firms,
    count(*) FILTER (WHERE a.makes) AS n_producers,
    coalesce(sum(size_weight(f.employees, f.revenue_cny, f.capital_cny, f.capital_flag)), 0) AS w_firms,
    coalesce(sum(size_weight(f.employees, f.revenue_cny, f.capital_cny, f.capital_flag)) FILTER (WHERE a.makes), 0) AS w_producers
FROM firm f
LEFT JOIN firm_activity a USING (firm_id)
WHERE NOT regexp_matches(coalesce(f.status, ''), '注销|吊销|撤销')
GROUP BY ALL
ORDER BY ALL;
