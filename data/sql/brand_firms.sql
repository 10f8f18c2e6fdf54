-- one row a firm that makes something or is confirmed in a segment, known by $until: its name and what tells strangers apart
SELECT
    f.firm_id, f.name, f.city_code, f.founded_on, if(f.capital_flag IS NULL, f.capital_cny, NULL) AS capital_cny,
    f.stock_code IS NOT NULL AS listed, coalesce(a.makes, false) AS makes
FROM firm f
LEFT JOIN firm_activity a USING (firm_id)
WHERE f.city_code IS NOT NULL
  AND ($until IS NULL OR f.founded_on IS NULL OR f.founded_on <= $until)
  AND (a.makes OR f.firm_id IN (SELECT firm_id FROM segment_firm WHERE verdict = 'confirmed'))
ORDER BY f.firm_id
