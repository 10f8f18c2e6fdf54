-- one row a firm that is confirmed in the segment
SELECT firm_id FROM segment_firm WHERE chain_id = $chain_id AND segment_id = $segment_id AND verdict = 'confirmed'
