-- one row a segment: counting firms of the whole store
SELECT chain_id, segment_id, sum(n_makers)::BIGINT AS n_makers, sum(n_rd)::BIGINT AS n_rd
FROM city_segment
GROUP BY ALL
ORDER BY ALL
