-- one row a confirmed pair of a firm and a segment of the chains
SELECT chain_id, segment_id, firm_id, role FROM segment_firm WHERE verdict = 'confirmed' AND list_contains($chains, chain_id)
