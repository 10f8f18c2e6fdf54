-- one row a firm: hash of the texts that matching reads, and of those that were matched last (NULL for never)
SELECT firm_id, hash(f.name, f.scope, f.products, f.gb4754) AS text_hash, a.text_hash AS matched_hash
FROM firm f LEFT JOIN firm_activity a USING (firm_id)
ORDER BY firm_id
