-- Weight of a firm by its size: the root of its size over a typical producer's, 1/25 to 25 times, so 0.2 to 5; 1 where the
-- size is unknown. Size: employees (typical 30), else revenue (2000 万元), else registered capital (200 万元, the median of
-- producing firms in a registry of a million; capital flagged as doubtful is not used).
CREATE MACRO size_weight(employees, revenue_cny, capital_cny, capital_flag) AS coalesce(
    sqrt(least(25.0, greatest(0.04, coalesce(
        nullif(employees, 0) / 30.0,
        nullif(revenue_cny, 0) / 2e7,
        CASE WHEN capital_flag IS NULL THEN nullif(capital_cny, 0) END / 2e6
    )))),
    1.0
);

-- w_: the same firms by weight; w2_: sum of their squared weights
ALTER TABLE city_segment DROP COLUMN capital_cny;
ALTER TABLE city_segment ADD COLUMN w_makers DOUBLE;
ALTER TABLE city_segment ADD COLUMN w_rd DOUBLE;
ALTER TABLE city_segment ADD COLUMN w2_makers DOUBLE;
ALTER TABLE city_segment ADD COLUMN w2_rd DOUBLE;
ALTER TABLE city_total ADD COLUMN w_firms DOUBLE;
ALTER TABLE city_total ADD COLUMN w_producers DOUBLE;

-- counts of before know no weights: the next matching makes them anew, quickly, for nothing else changed
DELETE FROM match_run;
