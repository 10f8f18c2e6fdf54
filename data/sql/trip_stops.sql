-- one row a visit of a trip, in its order; name is the id where the store holds the firm no more
SELECT
    s.position, s.on_date, s.city_code, c.full_name AS city, s.firm_id, coalesce(f.name, s.firm_id) AS name,
    d.full_name AS region, f.address, f.founded_on, f.capital_cny, f.products, f.as_of,
    s.chain_id, s.segment_id, s.reason, s.added_at, s.added_by
FROM trip_stop s
LEFT JOIN firm f USING (firm_id)
LEFT JOIN division d ON d.adcode = coalesce(f.adcode, f.city_code) AND d.valid_to IS NULL
LEFT JOIN division c ON c.adcode = s.city_code AND c.valid_to IS NULL
WHERE s.trip_id = ?
ORDER BY s.position
