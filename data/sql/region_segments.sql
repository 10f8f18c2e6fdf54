-- one row a segment: counting firms of the region; {region} is the region's condition on f
SELECT
    s.chain_id,
    s.segment_id,
    count(*) FILTER (WHERE s.role <> 'rd') AS n_makers,
    count(*) FILTER (WHERE s.role = 'rd') AS n_rd,
    count(*) FILTER (WHERE f.stock_code IS NOT NULL) AS n_anchor
FROM firm f
JOIN segment_firm s USING (firm_id)
WHERE s.verdict = 'confirmed' AND {region}
GROUP BY ALL
ORDER BY ALL
