-- one row a firm of the region in the segment, confirmed before uncertain; {region} is a condition on f
-- firms struck off the register (注销、吊销、撤销) are left out
SELECT
    f.firm_id, f.uscc, f.name, d.full_name AS region, s.role, s.verdict, s.score, s.evidence, s.decided_by,
    f.founded_on, f.capital_cny, f.capital_flag, f.employees, f.revenue_cny, f.stock_code, f.as_of
FROM segment_firm s
JOIN firm f USING (firm_id)
LEFT JOIN division d ON d.adcode = coalesce(f.adcode, f.city_code) AND d.valid_to IS NULL
WHERE s.chain_id = $chain_id AND s.segment_id = $segment_id AND s.verdict <> 'rejected' AND {region}
    AND NOT regexp_matches(coalesce(f.status, ''), '注销|吊销|撤销')
ORDER BY s.verdict, s.score DESC, f.capital_cny DESC NULLS LAST, f.firm_id
