-- one row a segment with uncertain pairs of the region, and their number; {region} is a condition on f
SELECT s.segment_id, count(*) AS n
FROM segment_firm s
JOIN firm f USING (firm_id)
WHERE s.chain_id = $chain_id AND s.verdict = 'uncertain' AND {region}
    AND NOT regexp_matches(coalesce(f.status, ''), '注销|吊销|撤销')
GROUP BY s.segment_id
ORDER BY s.segment_id
