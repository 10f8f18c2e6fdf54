-- one row a pair that is there only because people decided it
DELETE FROM segment_firm
WHERE chain_id = $chain_id AND list_contains($segments, segment_id) AND ($firm_id IS NULL OR firm_id = $firm_id)
    AND decided_by <> 'rule' AND rule_verdict IS NULL
