-- one row a firm, by firm_id: what a list says of it and its facets are made of; {region} is the home region's condition on f
SELECT
    f.firm_id, f.uscc, f.name, f.founded_on, f.capital_cny, f.capital_flag, f.employees, f.revenue_cny, f.revenue_year,
    f.stock_code, f.status, f.industry_text, f.city_code, f.adcode, f.as_of, f.products,
    d.full_name AS region, coalesce({region}, false) AS here,
    d.province_code AS province, if(d.level = 'nation', NULL, f.city_code) AS city,
    if(d.level = 'county', d.adcode, NULL) AS county
FROM firm f
LEFT JOIN (SELECT * FROM division WHERE valid_to IS NULL) d ON d.adcode = coalesce(f.adcode, f.city_code)
ORDER BY f.firm_id
