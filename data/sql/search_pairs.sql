-- one row a confirmed pair of a firm and a segment of the chains
SELECT chain_id, segment_id, firm_id, role, if(decided_by = 'rule', score, 1.0) AS score
FROM segment_firm WHERE verdict = 'confirmed' AND list_contains($chains, chain_id)
