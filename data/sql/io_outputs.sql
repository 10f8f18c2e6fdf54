-- one row: a segment's outputs and final demand in 元, in one import; what is local only where it is of the region
SELECT segment_id,
    CASE WHEN adcode = $adcode THEN local_output_cny END AS local_output,
    national_output_cny AS national_output,
    CASE WHEN adcode = $adcode THEN final_demand_cny END AS final_demand
FROM io_output WHERE chain_id = $chain_id AND batch_id = $batch_id ORDER BY segment_id
