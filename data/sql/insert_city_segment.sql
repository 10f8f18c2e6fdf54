-- one row a prefecture and segment: confirmed firms that make or serve (n_makers) and that do research (n_rd)
INSERT INTO city_segment
SELECT
    coalesce(f.city_code, '000000') AS city_code,
    s.chain_id,
    s.segment_id,
    count(*) FILTER (WHERE s.role <> 'rd') AS n_makers,
    count(*) FILTER (WHERE s.role = 'rd') AS n_rd,
    sum(f.capital_cny) FILTER (WHERE f.capital_flag IS NULL) AS capital_cny
FROM segment_firm s
JOIN firm f USING (firm_id)
WHERE s.verdict = 'confirmed'
GROUP BY ALL
ORDER BY ALL
