-- one row a touched firm of which there are several records: for every fact the newest known; facts that only mean
-- something together (capital, revenue, place) come from one record
INSERT INTO firm BY NAME
WITH turn AS (
    SELECT batch_id, row_number() OVER (ORDER BY imported_at, batch_id) AS turn FROM import_batch
),
dated AS (
    -- a whole number that rises with as_of, then with the time of import: sorting by a pair costs several times as much
    SELECT r.*, (r.as_of - DATE '1970-01-01') * 1000000 + t.turn AS age
    FROM firm_record r
    JOIN turn t USING (batch_id)
    WHERE r.firm_id IN (SELECT firm_id FROM touched WHERE n_records > 1 AND part = $part)
),
newest AS (
    SELECT
        firm_id,
        arg_max(uscc, age) AS uscc,
        arg_max(name, age) AS name,
        arg_max(founded_on, age) AS founded_on,
        arg_max(capital_original, age) AS capital_original,
        arg_max_null(capital_currency, age) FILTER (WHERE capital_original IS NOT NULL) AS capital_currency,
        arg_max_null(capital_cny, age) FILTER (WHERE capital_original IS NOT NULL) AS capital_cny,
        arg_max_null(capital_flag, age) FILTER (WHERE capital_original IS NOT NULL) AS capital_flag,
        arg_max(scope, age) AS scope,
        arg_max(products, age) AS products,
        arg_max(address, age) AS address,
        arg_max(industry_text, age) AS industry_text,
        arg_max(gb4754, age) AS gb4754,
        arg_max(stock_code, age) AS stock_code,
        arg_max(employees, age) AS employees,
        arg_max(revenue_cny, age) AS revenue_cny,
        arg_max_null(revenue_year, age) FILTER (WHERE revenue_cny IS NOT NULL) AS revenue_year,
        arg_max(status, age) AS status,
        arg_max(registered_code, age) AS registered_code,
        arg_max(city_code, age) AS city_code,
        -- a city as adcode says no more than city_code: the newest county is kept as long as it lies in that city
        arg_max(adcode, age) FILTER (WHERE adcode <> city_code) AS county,
        arg_max(city_code, age) FILTER (WHERE adcode <> city_code) AS city_of_county,
        arg_max(adcode, age) AS newest_adcode,
        max(as_of) AS as_of,
        count(*) AS n_records
    FROM dated
    GROUP BY firm_id
)
SELECT
    * EXCLUDE (county, city_of_county, newest_adcode),
    CASE WHEN city_of_county = city_code THEN county ELSE newest_adcode END AS adcode
FROM newest
