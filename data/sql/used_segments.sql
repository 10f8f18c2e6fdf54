-- segments of a chain that facts refer to: attached projects, catalogues, people's decisions that hold
SELECT DISTINCT segment_id FROM (
    SELECT segment_id FROM project_segment WHERE chain_id = $chain_id
    UNION ALL
    SELECT i.segment_id FROM catalogue_item i JOIN catalogue c USING (catalogue_id) WHERE c.chain_id = $chain_id
    UNION ALL
    SELECT segment_id FROM segment_decision WHERE chain_id = $chain_id AND undone_at IS NULL
)
ORDER BY segment_id
