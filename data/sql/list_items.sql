-- one row a firm of a list, in the order they were added; name is the id where the store holds the firm no more
SELECT
    i.firm_id, coalesce(f.name, i.firm_id) AS name, d.full_name AS region, f.city_code, f.address, f.founded_on,
    f.capital_cny, f.status, i.chain_id, i.segment_id, i.reason, i.added_at, i.added_by
FROM firm_list_item i
LEFT JOIN firm f USING (firm_id)
LEFT JOIN division d ON d.adcode = coalesce(f.adcode, f.city_code) AND d.valid_to IS NULL
WHERE i.list_id = ?
ORDER BY i.added_at, i.rowid
