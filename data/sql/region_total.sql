-- one row: firms of the region and those that make something; {region} is the region's condition on f
-- firms struck off the register (注销、吊销、撤销) are left out
SELECT
    count(*) AS n_firms,
    count(*) FILTER (WHERE a.makes) AS n_producers,
    coalesce(sum(size_weight(f.employees, f.revenue_cny, f.capital_cny, f.capital_flag)), 0) AS w_firms,
    coalesce(sum(size_weight(f.employees, f.revenue_cny, f.capital_cny, f.capital_flag)) FILTER (WHERE a.makes), 0) AS w_producers
FROM firm f
LEFT JOIN firm_activity a USING (firm_id)
WHERE {region} AND NOT regexp_matches(coalesce(f.status, ''), '注销|吊销|撤销')
