-- one row an asked prefecture in force: its short name and the place of its centre
SELECT adcode, name, longitude, latitude
FROM division
WHERE valid_to IS NULL AND adcode IN (SELECT unnest($codes::VARCHAR[]))
ORDER BY adcode
