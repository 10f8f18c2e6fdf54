-- one row a prefecture and middle class of GB/T 4754 (three digits): its firms; firms of unknown class or place are left out
-- firms struck off the register (注销、吊销、撤销) are left out
SELECT f.city_code AS region, 'gb:' || regexp_extract(f.gb4754, '[0-9]{3}') AS segment_id, count(*) AS n
FROM firm f
WHERE f.city_code IS NOT NULL AND regexp_matches(f.gb4754, '[0-9]{3}')
  AND NOT regexp_matches(coalesce(f.status, ''), '注销|吊销|撤销')
GROUP BY ALL
ORDER BY ALL
