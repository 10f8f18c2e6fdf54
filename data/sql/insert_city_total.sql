-- one row a prefecture: its firms and those that make something
-- firms struck off the register (注销、吊销、撤销) are left out
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
ORDER BY ALL
