-- one row: changes with whatever affiliates are inferred from, firms, segments and divisions
SELECT concat_ws(
    '/',
    (SELECT concat_ws(',', count(*), count(undone_at)) FROM import_batch WHERE kind = 'firms'),
    (SELECT count(*) FROM firm),
    (SELECT concat_ws(',', count(*), bit_xor(hash(segment_id, firm_id))) FROM segment_firm WHERE verdict = 'confirmed' AND role IN ('maker', 'rd')),
    (SELECT concat_ws(',', count(*), bit_xor(hash(firm_id, text_hash))) FROM firm_activity WHERE makes),
    (SELECT count(*) FROM division)
)
