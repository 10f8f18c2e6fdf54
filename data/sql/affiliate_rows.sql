-- one row an inferred affiliate beside the home of its brand, with the places of both; {firms} limits them
SELECT
    a.home_id, h.name AS home_name, h.founded_on AS home_founded_on, h.capital_cny AS home_capital_cny, h.city_code AS home_city,
    left(h.city_code, 2) || '0000' AS home_province, a.affiliate_id, f.name, f.founded_on, f.city_code,
    left(f.city_code, 2) || '0000' AS province, f.capital_cny, d.full_name AS region, e.full_name AS home_region,
    a.brand, a.trade, a.confidence, a.n_expected, a.evidence,
    -- a founding from home: later than the home's, whose date is unknown for some listed firms
    f.founded_on IS NOT NULL AND (h.founded_on IS NULL OR f.founded_on > h.founded_on) AS founded_later
FROM {found} a
JOIN firm h ON h.firm_id = a.home_id
JOIN firm f ON f.firm_id = a.affiliate_id
LEFT JOIN division d ON d.adcode = coalesce(f.adcode, f.city_code) AND d.valid_to IS NULL
LEFT JOIN division e ON e.adcode = coalesce(h.adcode, h.city_code) AND e.valid_to IS NULL
WHERE {firms}
ORDER BY a.home_id, f.founded_on, a.affiliate_id
