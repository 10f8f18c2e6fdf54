-- one row a pair that people decided and matching found: what matching said holds again
UPDATE segment_firm SET verdict = rule_verdict, role = rule_role, decided_by = 'rule'
WHERE chain_id = $chain_id AND list_contains($segments, segment_id) AND ($firm_id IS NULL OR firm_id = $firm_id)
    AND decided_by <> 'rule' AND rule_verdict IS NOT NULL
