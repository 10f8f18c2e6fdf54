-- one row an uncertain pair of a firm outside the region, in one of the segments; {region} is a condition on f.
-- As among candidates: no branches, no bodies that cannot invest, none struck off the register
SELECT s.segment_id, s.firm_id, 1 AS sign, s.role, s.score, f.capital_cny, f.stock_code, coalesce(f.city_code, '000000') AS city_code
FROM segment_firm s
JOIN firm f USING (firm_id)
WHERE s.chain_id = $chain_id AND list_contains($segments, s.segment_id) AND s.decided_by = 'rule' AND s.verdict = 'uncertain'
    AND NOT coalesce({region}, false)
    AND NOT regexp_matches(coalesce(f.status, ''), '注销|吊销|撤销')
    AND f.firm_id NOT IN (SELECT to_firm FROM relation WHERE kind = 'branch')
    AND NOT regexp_matches(f.name, '(分公司|分厂|办事处|经营部|门市部|营业部|分店|分社|分院|分部)$')
    AND NOT regexp_matches(f.name, '(工会|委员会|协会|商会|合作社)$')
ORDER BY s.segment_id, s.firm_id
