-- one row a province and year with firms founded there: their number
SELECT left(city_code, 2) || '0000' AS province, year(founded_on) AS year, count(*) AS n
FROM firm
WHERE founded_on IS NOT NULL AND city_code IS NOT NULL AND founded_on >= $since
GROUP BY ALL
ORDER BY ALL
