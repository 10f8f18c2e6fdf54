-- the segments of which some firm is on the draft or on the newest version of a chain's catalogue: one row a segment
SELECT DISTINCT chain_id, segment_id
FROM (
    SELECT chain_id, i.segment_id
    FROM catalogue_item i
    JOIN (
        SELECT chain_id, catalogue_id FROM catalogue WHERE home_adcode = $home
        QUALIFY row_number() OVER (PARTITION BY chain_id ORDER BY version DESC) = 1
    ) USING (catalogue_id)
    UNION ALL
    SELECT chain_id, i.segment_id
    FROM unnest($chains) AS chains (chain_id)
    JOIN catalogue_item i ON i.catalogue_id = chain_id || '-' || $home || '-draft'
)
ORDER BY chain_id, segment_id
