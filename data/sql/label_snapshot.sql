-- the labels of a region as they were last kept at a moment: one row a segment
SELECT chain_id, segment_id, label, n_local, expected, basis, taken_at
FROM label_snapshot
WHERE home_adcode = $home AND taken_at = (
    SELECT max(taken_at) FROM label_snapshot WHERE home_adcode = $home AND taken_at <= $at
)
ORDER BY chain_id, segment_id
