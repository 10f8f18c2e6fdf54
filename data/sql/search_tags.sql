-- one row a firm and list of a year on which it stands, in force on the data's day
SELECT DISTINCT firm_id, list_name, year
FROM firm_tag WHERE expires_on IS NULL OR expires_on >= (SELECT max(as_of) FROM firm)
ORDER BY list_name, year DESC, firm_id
