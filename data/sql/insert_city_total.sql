-- one row a prefecture: its firms and those that make something
INSERT INTO city_total
SELECT
    coalesce(f.city_code, '000000') AS city_code,
    count(*) AS n_firms,
    count(*) FILTER (WHERE a.makes) AS n_producers
FROM firm f
LEFT JOIN firm_activity a USING (firm_id)
GROUP BY ALL
ORDER BY ALL
