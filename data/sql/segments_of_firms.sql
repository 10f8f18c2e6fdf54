-- one row a firm and segment in which it is confirmed, best score first
SELECT firm_id, chain_id, segment_id, score FROM segment_firm
WHERE verdict = 'confirmed' AND list_contains($firms, firm_id)
ORDER BY firm_id, score DESC, chain_id, segment_id
