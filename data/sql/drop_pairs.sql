-- what is matched anew: pairs of other segments than $kept, of changed firms (the frame "changed") and of firms that are gone
DELETE FROM segment_firm
WHERE chain_id = $chain_id AND (
    NOT list_contains($kept::TEXT[], segment_id)
    OR firm_id IN (SELECT firm_id FROM changed)
    OR firm_id NOT IN (SELECT firm_id FROM firm)
)
