-- one row a division in force
SELECT adcode, name, full_name, level, city_code, province_code FROM division WHERE valid_to IS NULL ORDER BY adcode
