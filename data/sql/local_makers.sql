-- one row a firm of the region and segment in which it is confirmed, larger capital first; {region} is a condition on f
SELECT f.firm_id, f.name, s.chain_id, s.segment_id, s.score
FROM segment_firm s
JOIN firm f USING (firm_id)
WHERE s.verdict = 'confirmed' AND {region} AND NOT regexp_matches(coalesce(f.status, ''), '注销|吊销|撤销')
ORDER BY f.capital_cny DESC NULLS LAST, f.firm_id, s.score DESC, s.chain_id, s.segment_id
