-- a page of the firms of a region: one row a firm; {region} is a condition on f, {order} the columns it is sorted by
SELECT f.firm_id, f.name, d.full_name AS region, f.founded_on, f.capital_cny, f.status, f.as_of
FROM firm f
LEFT JOIN division d ON d.adcode = coalesce(f.adcode, f.city_code) AND d.valid_to IS NULL
WHERE {region}
ORDER BY {order}
LIMIT $size OFFSET $start
