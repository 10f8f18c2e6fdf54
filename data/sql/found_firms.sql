-- one row a firm at one of $rows of the table: what a list of firms says of it; {region} is the home region's condition on f
SELECT
    f.firm_id, f.uscc, f.name, f.founded_on, f.capital_cny, f.capital_flag, f.employees, f.revenue_cny, f.revenue_year,
    f.stock_code, f.status, f.industry_text, f.city_code, f.adcode, f.as_of, f.products, f.scope,
    d.full_name AS region, coalesce({region}, false) AS here
FROM firm f
LEFT JOIN (SELECT * FROM division WHERE valid_to IS NULL) d ON d.adcode = coalesce(f.adcode, f.city_code)
WHERE f.rowid IN (SELECT unnest($rows))
