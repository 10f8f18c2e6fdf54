-- one row a segment of the chain: counting firms of the region whose date of founding is unknown
-- researchers count in the segments of $research alone; firms struck off the register are left out
-- {region} is the region's condition on f
SELECT s.segment_id, count(*) AS n
FROM firm f
JOIN segment_firm s USING (firm_id)
WHERE s.chain_id = $chain_id AND s.verdict = 'confirmed' AND f.founded_on IS NULL AND {region}
    AND (s.role <> 'rd' OR list_contains($research, s.segment_id))
    AND NOT regexp_matches(coalesce(f.status, ''), '注销|吊销|撤销')
GROUP BY s.segment_id
ORDER BY s.segment_id
