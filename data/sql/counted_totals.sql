-- one row a place: its firms and those that make something, founded by $until (NULL for all, also those without a date)
-- {place} is the place of a firm f, {region} the condition on it; firms struck off the register are left out
SELECT
    {place} AS region,
    count(*) AS n_firms,
    count(*) FILTER (WHERE a.makes) AS n_producers,
    coalesce(sum(size_weight(f.employees, f.revenue_cny, f.capital_cny, f.capital_flag)), 0) AS w_firms,
    coalesce(sum(size_weight(f.employees, f.revenue_cny, f.capital_cny, f.capital_flag)) FILTER (WHERE a.makes), 0) AS w_producers
FROM firm f
LEFT JOIN firm_activity a USING (firm_id)
WHERE {region} AND NOT regexp_matches(coalesce(f.status, ''), '注销|吊销|撤销')
    AND ($until IS NULL OR f.founded_on <= $until::DATE)
GROUP BY region
ORDER BY region
