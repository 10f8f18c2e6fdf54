-- one row a pair of the region that waits for a person: uncertain (sign 1), or confirmed with a score below $weak (sign -1).
-- {region} is a condition on f; firms struck off the register (注销、吊销、撤销) are left out
SELECT
    s.segment_id, s.firm_id, CASE WHEN s.verdict = 'uncertain' THEN 1 ELSE -1 END AS sign, s.role, s.score,
    f.capital_cny, f.stock_code, coalesce(f.city_code, '000000') AS city_code
FROM segment_firm s
JOIN firm f USING (firm_id)
WHERE s.chain_id = $chain_id AND ($segment_id IS NULL OR s.segment_id = $segment_id) AND s.decided_by = 'rule'
    AND (s.verdict = 'uncertain' OR (s.verdict = 'confirmed' AND s.score < $weak))
    AND {region} AND NOT regexp_matches(coalesce(f.status, ''), '注销|吊销|撤销')
ORDER BY s.segment_id, s.firm_id
