-- one row: counting firms of the region in one segment, as in counted_segments; {region} is the region's condition on f
SELECT
    count(*) FILTER (WHERE s.role <> 'rd') AS n_makers,
    count(*) FILTER (WHERE s.role = 'rd') AS n_rd,
    count(*) FILTER (WHERE f.stock_code IS NOT NULL) AS n_anchor
FROM segment_firm s
JOIN firm f USING (firm_id)
WHERE s.chain_id = $chain_id AND s.segment_id = $segment_id AND s.verdict = 'confirmed' AND {region}
    AND NOT regexp_matches(coalesce(f.status, ''), '注销|吊销|撤销')
