-- a pair that a person decided stays; the rule's own answer to it is dropped
DELETE FROM segment_firm AS rule
WHERE rule.decided_by = 'rule' AND EXISTS (
    SELECT 1 FROM segment_firm AS person
    WHERE person.decided_by <> 'rule' AND person.firm_id = rule.firm_id AND person.segment_id = rule.segment_id
      AND person.chain_id = rule.chain_id
)
