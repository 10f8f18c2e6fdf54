-- one row: firms of the region and those that make something; {region} is the region's condition on f
SELECT
    count(*) AS n_firms,
    count(*) FILTER (WHERE a.makes) AS n_producers
FROM firm f
LEFT JOIN firm_activity a USING (firm_id)
WHERE {region}
