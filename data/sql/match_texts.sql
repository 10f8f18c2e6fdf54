-- the texts that matching reads, of the firms in the frame "wanted"
SELECT firm_id, name, scope, products, gb4754, hash(name, scope, products, gb4754) AS text_hash
FROM firm SEMI JOIN wanted USING (firm_id)
ORDER BY firm_id
