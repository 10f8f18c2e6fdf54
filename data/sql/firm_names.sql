-- one row a firm of which there is a text to read: its name, and whether it is listed
SELECT firm_id, name, stock_code IS NOT NULL AS listed FROM firm
WHERE scope IS NOT NULL OR products IS NOT NULL
ORDER BY firm_id
