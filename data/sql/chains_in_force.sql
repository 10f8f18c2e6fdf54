-- one row a chain that people saved: the text of its newest version
SELECT content FROM chain_version
QUALIFY row_number() OVER (PARTITION BY chain_id ORDER BY saved_at DESC, rowid DESC) = 1
ORDER BY chain_id
