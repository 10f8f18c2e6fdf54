-- one row a firm outside the region that is confirmed in the segment; {region} is the region's condition on f.
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
branch AS (
    SELECT
        r.from_firm AS firm_id,
        count(*) FILTER (WHERE b.city_code <> p.city_code) AS n_branches_away,
        max(r.since) FILTER (WHERE b.city_code <> p.city_code) AS last_branch_on
    FROM relation r
    SEMI JOIN candidate c ON c.firm_id = r.from_firm
    JOIN firm b ON b.firm_id = r.to_firm
    JOIN firm p ON p.firm_id = r.from_firm
    WHERE r.kind = 'branch' GROUP BY r.from_firm
),
tie AS (
    SELECT t.firm_id, count(*) AS n_local_ties, min(t.evidence) AS tie_text
    FROM (
        SELECT r.from_firm AS firm_id, r.to_firm AS other, r.evidence FROM relation r
        UNION ALL
        SELECT r.to_firm, r.from_firm, r.evidence FROM relation r
    ) t
    SEMI JOIN candidate c ON c.firm_id = t.firm_id
    JOIN firm f ON f.firm_id = t.other
    WHERE {region} GROUP BY t.firm_id
),
tag AS (
    -- lists that were still in force on the data's day
    SELECT firm_id, string_agg(word, '、' ORDER BY word) AS tags
    FROM (
        SELECT DISTINCT firm_id, concat(list_name, coalesce('（' || year || '）', '')) AS word
        FROM firm_tag WHERE expires_on IS NULL OR expires_on >= (SELECT max(as_of) FROM firm)
    )
    SEMI JOIN candidate USING (firm_id)
    GROUP BY firm_id
)
SELECT
    f.firm_id, f.uscc, f.name, f.founded_on, f.capital_cny, f.capital_flag, f.employees, f.revenue_cny, f.revenue_year,
    f.stock_code, f.status, f.industry_text, f.city_code, f.adcode, f.as_of,
    d.full_name AS region, d.longitude, d.latitude,
    c.role, c.match_score, c.evidence,
    c.position, c.n_other,
    b.n_segments,
    coalesce(branch.n_branches_away, 0) AS n_branches_away, branch.last_branch_on,
    coalesce(tie.n_local_ties, 0) AS n_local_ties, tie.tie_text,
    tag.tags
FROM candidate c
JOIN firm f USING (firm_id)
JOIN breadth b USING (firm_id)
LEFT JOIN (SELECT * FROM division WHERE valid_to IS NULL) d ON d.adcode = coalesce(f.adcode, f.city_code)
LEFT JOIN branch USING (firm_id)
LEFT JOIN tie USING (firm_id)
LEFT JOIN tag USING (firm_id)
WHERE NOT coalesce({region}, false)
  AND f.firm_id NOT IN (SELECT to_firm FROM relation WHERE kind = 'branch')
  AND NOT regexp_matches(f.name, '(分公司|分厂|办事处|经营部|门市部|营业部|分店|分社|分院|分部)$')
  AND NOT regexp_matches(f.name, '公司[^()（）〔〕]+(厂|处|部|所|站|店|车间|队|中心|点|矿|院|社|会|室|场)$')
  AND NOT regexp_matches(f.name, '(工会|委员会|协会|商会|合作社)$')
