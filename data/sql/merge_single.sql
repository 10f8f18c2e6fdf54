-- one row a touched firm of which there is one record: the record is the firm
INSERT INTO firm BY NAME
SELECT
    firm_id, uscc, name, founded_on, capital_original, capital_currency, capital_cny, capital_flag, scope, products, address,
    industry_text, gb4754, stock_code, employees, revenue_cny, revenue_year, status, registered_code, city_code, adcode,
    as_of, 1 AS n_records
FROM firm_record
WHERE firm_id IN (SELECT firm_id FROM touched WHERE n_records = 1)
