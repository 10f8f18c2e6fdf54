-- one row a prefecture that has any: listed firms confirmed in the segment;
-- firms struck off the register (注销、吊销、撤销) are left out
SELECT f.city_code AS region, count(*) AS n_anchor
FROM firm f
WHERE f.stock_code IS NOT NULL AND f.city_code IS NOT NULL AND NOT regexp_matches(coalesce(f.status, ''), '注销|吊销|撤销')
  AND f.firm_id IN (
    SELECT firm_id FROM segment_firm WHERE chain_id = $chain_id AND segment_id = $segment_id AND verdict = 'confirmed'
  )
GROUP BY ALL
ORDER BY ALL
