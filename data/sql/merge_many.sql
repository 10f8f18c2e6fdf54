-- one row a touched firm of which there are several records: for every fact the newest known; facts that only mean
-- something together (capital, revenue, place) come from one record
INSERT INTO firm BY NAME
WITH dated AS (
    SELECT r.*, (r.as_of, b.imported_at, r.row_number) AS age
    FROM firm_record r
    JOIN import_batch b USING (batch_id)
    WHERE r.firm_id IN (SELECT firm_id FROM touched WHERE n_records > 1 AND part = $part)
),
newest AS (
    SELECT
        firm_id,
        arg_max(uscc, age) AS uscc,
        arg_max(name, age) AS name,
        arg_max(founded_on, age) AS founded_on,
        arg_max({o: capital_original, u: capital_currency, c: capital_cny, f: capital_flag}, age)
            FILTER (WHERE capital_original IS NOT NULL) AS capital,
        arg_max(scope, age) AS scope,
        arg_max(products, age) AS products,
        arg_max(address, age) AS address,
        arg_max(industry_text, age) AS industry_text,
        arg_max(gb4754, age) AS gb4754,
        arg_max(stock_code, age) AS stock_code,
        arg_max(employees, age) AS employees,
        arg_max({v: revenue_cny, y: revenue_year}, age) FILTER (WHERE revenue_cny IS NOT NULL) AS revenue,
        arg_max(status, age) AS status,
        arg_max(registered_code, age) AS registered_code,
        arg_max(city_code, age) AS city_code,
        -- a city as adcode says no more than city_code: the newest county is kept as long as it lies in that city
        arg_max({c: city_code, a: adcode}, age) FILTER (WHERE adcode IS NOT NULL AND adcode <> city_code) AS county,
        arg_max(adcode, age) AS adcode,
        max(as_of) AS as_of,
        count(*) AS n_records
    FROM dated
    GROUP BY firm_id
)
SELECT
    * EXCLUDE (capital, revenue, county, adcode),
    capital.o AS capital_original, capital.u AS capital_currency, capital.c AS capital_cny, capital.f AS capital_flag,
    revenue.v AS revenue_cny, revenue.y AS revenue_year,
    CASE WHEN county.c IS NOT DISTINCT FROM city_code THEN coalesce(county.a, adcode) ELSE adcode END AS adcode
FROM newest
