-- one row a decided pair that matching does not find (any more), of a firm that is still there
INSERT INTO segment_firm BY NAME
SELECT
    $chain_id AS chain_id, held.segment_id, held.firm_id,
    CASE WHEN held.verdict = 'confirmed' THEN coalesce(held.role, held.counts_as) ELSE 'none' END AS role,
    held.verdict,
    CASE WHEN held.verdict = 'confirmed' THEN 1.0 ELSE 0.0 END AS score,
    coalesce(held.note, '人工认定') AS evidence,
    held.decided_by, held.core
FROM held
SEMI JOIN firm ON firm.firm_id = held.firm_id
WHERE NOT EXISTS (
    SELECT 1 FROM segment_firm s
    WHERE s.chain_id = $chain_id AND s.segment_id = held.segment_id AND s.firm_id = held.firm_id
)
ORDER BY held.segment_id, held.firm_id
