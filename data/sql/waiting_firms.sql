-- one row an uncertain pair of the region in one of the chains; {region} is a condition on f; firms struck off are left out
SELECT s.chain_id, s.segment_id, s.firm_id, f.name, s.role, s.score, s.evidence
FROM segment_firm s
JOIN firm f USING (firm_id)
WHERE s.verdict = 'uncertain' AND list_contains($chains, s.chain_id) AND {region}
    AND NOT regexp_matches(coalesce(f.status, ''), '注销|吊销|撤销')
ORDER BY s.score DESC, s.segment_id, s.firm_id
