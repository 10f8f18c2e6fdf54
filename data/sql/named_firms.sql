-- one row a firm whose name contains the text or whose code is the text, those of the region and shortest names first;
-- {region} is a condition on f
SELECT f.firm_id, f.name, d.full_name AS place
FROM (
    SELECT f.firm_id, f.name, coalesce(f.adcode, f.city_code) AS adcode, coalesce({region}, false) AS is_local FROM firm f
    WHERE contains(f.name, $text) OR f.uscc = upper($text) OR f.stock_code = upper($text)
    ORDER BY is_local DESC, length(f.name), f.firm_id LIMIT $limit
) f
LEFT JOIN division d ON d.adcode = f.adcode AND d.valid_to IS NULL
ORDER BY f.is_local DESC, length(f.name), f.firm_id
