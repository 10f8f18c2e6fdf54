-- one row a firm outside the region that is confirmed in the segment; {region} is the region's condition on f,
-- firms the table of firms and growth the steps of firm_growth.sql, or where both are known already.
-- No branches, by name or by recorded relation, and no bodies that cannot invest (trade unions, associations, co-operatives).
WITH candidate AS (
    -- what a person confirmed is sure
    SELECT
        s.firm_id, s.role, if(s.decided_by = 'rule', s.score, 1.0) AS match_score, s.evidence, s.position, s.n_other
    FROM segment_firm s
    WHERE s.chain_id = $chain_id AND s.segment_id = $segment_id AND s.verdict = 'confirmed'
),
breadth AS (
    SELECT firm_id, count(*) AS n_segments
    FROM segment_firm SEMI JOIN candidate USING (firm_id)
    WHERE chain_id = $chain_id AND verdict = 'confirmed' GROUP BY firm_id
),
{growth}SELECT
    f.firm_id, f.uscc, f.name, f.founded_on, f.capital_cny, f.capital_flag, f.employees, f.revenue_cny, f.revenue_year,
    f.stock_code, f.status, f.industry_text, f.city_code, f.adcode, f.as_of,
    d.full_name AS region, d.longitude, d.latitude,
    c.role, c.match_score, c.evidence,
    c.position, c.n_other,
    b.n_segments,
    coalesce(g.n_branches_away, 0) AS n_branches_away, g.last_branch_on,
    coalesce(g.n_affiliates_away, 0) AS n_affiliates_away, g.affiliates_expected, g.last_affiliate_on,
    g.last_affiliate_name, g.last_affiliate_place, g.last_affiliate_confidence,
    g.kin_name, g.kin_confidence, g.tags
FROM candidate c
JOIN {firms} f USING (firm_id)
JOIN breadth b USING (firm_id)
LEFT JOIN (SELECT * FROM division WHERE valid_to IS NULL) d ON d.adcode = coalesce(f.adcode, f.city_code)
LEFT JOIN growth g USING (firm_id)
WHERE NOT coalesce({region}, false)
  AND f.firm_id NOT IN (SELECT to_firm FROM relation WHERE kind = 'branch')
  AND NOT regexp_matches(f.name, '(分公司|分厂|办事处|经营部|门市部|营业部|分店|分社|分院|分部)$')
  AND NOT regexp_matches(f.name, '公司[^()（）〔〕]+(厂|处|部|所|站|店|车间|队|中心|点|矿|院|社|会|室|场)$')
  AND NOT regexp_matches(f.name, '(工会|委员会|协会|商会|合作社)$')
