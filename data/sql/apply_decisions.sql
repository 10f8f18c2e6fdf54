-- one row a decided pair that matching found: people's verdict in place of the rule's, which is kept beside it.
-- A confirmed firm keeps the role that matching found where that counts in the segment
UPDATE segment_firm AS s SET
    rule_verdict = s.verdict,
    rule_role = s.role,
    verdict = held.verdict,
    role = CASE
        WHEN held.verdict <> 'confirmed' THEN s.role
        WHEN held.role IS NULL AND s.role IN ('maker', 'rd', held.counts_as) THEN s.role
        ELSE coalesce(held.role, held.counts_as)
    END,
    decided_by = held.decided_by
FROM held
WHERE s.chain_id = $chain_id AND s.segment_id = held.segment_id AND s.firm_id = held.firm_id
