-- one row a prefecture in force, municipalities among them
SELECT adcode, name, full_name, province_code, longitude, latitude
FROM division
WHERE valid_to IS NULL AND adcode = city_code
ORDER BY adcode
