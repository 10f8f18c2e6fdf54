-- one row a confirmed or uncertain pair of a chain: firm, segment, verdict
SELECT firm_id, segment_id, verdict FROM segment_firm WHERE chain_id = $chain_id AND verdict <> 'rejected'
