-- one row a middle class of GB/T 4754 (three digits): firms of the region; {region} is the region's condition on f
-- firms struck off the register (注销、吊销、撤销) are left out
SELECT 'gb:' || regexp_extract(f.gb4754, '[0-9]{3}') AS segment_id, count(*) AS n
FROM firm f
WHERE {region} AND regexp_matches(f.gb4754, '[0-9]{3}')
  AND NOT regexp_matches(coalesce(f.status, ''), '注销|吊销|撤销')
GROUP BY ALL
ORDER BY ALL
