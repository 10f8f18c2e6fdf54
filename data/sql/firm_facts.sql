-- one row: the firm as merged, with the full name of its place
SELECT f.*, d.full_name AS region
FROM firm f
LEFT JOIN division d ON d.adcode = coalesce(f.adcode, f.city_code) AND d.valid_to IS NULL
WHERE f.firm_id = ?
