-- one row a firm whose name contains the text or whose code is the text, shortest name first
SELECT f.firm_id, f.name, d.full_name AS region, f.founded_on, f.capital_cny
FROM firm f
LEFT JOIN division d ON d.adcode = coalesce(f.adcode, f.city_code) AND d.valid_to IS NULL
WHERE contains(f.name, $text) OR f.uscc = upper($text) OR f.stock_code = upper($text)
ORDER BY length(f.name), f.firm_id
LIMIT $limit
