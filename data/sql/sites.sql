-- one row a site of the home region with something free or of which that is unknown, as its newest import has it
SELECT
    s.site_id, s.name, s.adcode, d.full_name AS place, s.kind, s.area_m2, s.free_area_m2, s.segments,
    coalesce(o.title, s.source_id) AS source_title, s.as_of
FROM site s
JOIN import_batch b ON b.batch_id = s.batch_id
LEFT JOIN division d ON d.adcode = s.adcode AND d.valid_to IS NULL
LEFT JOIN source o ON o.source_id = s.source_id
WHERE $home IN (s.adcode, d.city_code, d.province_code, '100000')
QUALIFY row_number() OVER (PARTITION BY s.site_id ORDER BY s.as_of DESC, b.imported_at DESC) = 1
    AND (s.free_area_m2 IS NULL OR s.free_area_m2 > 0)
ORDER BY s.name, s.site_id
