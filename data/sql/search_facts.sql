-- one row a firm, by firm_id: what its facets are made of; {region} is the home region's condition on f
SELECT
    f.firm_id, f.rowid AS stored_at, f.capital_cny, f.capital_flag, f.employees, f.revenue_cny, f.founded_on, f.stock_code, f.status,
    year(f.as_of)::INTEGER AS year, coalesce({region}, false) AS here,
    d.province_code AS province, if(d.level = 'nation', NULL, f.city_code) AS city,
    if(d.level = 'county', d.adcode, NULL) AS county
FROM firm f
LEFT JOIN (SELECT * FROM division WHERE valid_to IS NULL) d ON d.adcode = coalesce(f.adcode, f.city_code)
ORDER BY f.firm_id
