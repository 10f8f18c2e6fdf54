-- one row a segment of which anything is said of the firm; decided_at: when the decision that holds was taken (NULL: by rule)
SELECT s.chain_id, s.segment_id, s.role, s.verdict, s.score, s.evidence, s.decided_by, d.decided_at
FROM segment_firm s
LEFT JOIN (
    SELECT chain_id, segment_id, max(decided_at) AS decided_at FROM segment_decision
    WHERE firm_id = $firm_id AND undone_at IS NULL GROUP BY ALL
) d ON s.decided_by <> 'rule' AND d.chain_id = s.chain_id AND d.segment_id = s.segment_id
WHERE s.firm_id = $firm_id
ORDER BY list_position(['confirmed', 'uncertain', 'rejected'], s.verdict), s.score DESC, s.segment_id
