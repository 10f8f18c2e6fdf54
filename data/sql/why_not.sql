-- one row a firm whose name contains the text or whose code is the text, with its pair in the segment and what keeps it off the
-- list of targets; {region} is the region's condition on f
SELECT
    f.firm_id, f.name, f.status, d.full_name AS region, coalesce({region}, false) AS local, p.parent,
    regexp_matches(f.name, '(分公司|分厂|办事处|经营部|门市部|营业部|分店|分社|分院|分部)$')
        OR regexp_matches(f.name, '公司[^()（）〔〕]+(厂|处|部|所|站|店|车间|队|中心|点|矿|院|社|会|室|场)$') AS branch_name,
    regexp_matches(f.name, '(工会|委员会|协会|商会|合作社)$') AS no_investor,
    s.role, s.verdict, s.evidence, s.decided_by
FROM firm f
LEFT JOIN segment_firm s ON s.firm_id = f.firm_id AND s.chain_id = $chain_id AND s.segment_id = $segment_id
LEFT JOIN (
    SELECT r.to_firm AS firm_id, any_value(b.name) AS parent
    FROM relation r JOIN firm b ON b.firm_id = r.from_firm
    WHERE r.kind = 'branch' GROUP BY r.to_firm
) p ON p.firm_id = f.firm_id
LEFT JOIN division d ON d.adcode = coalesce(f.adcode, f.city_code) AND d.valid_to IS NULL
WHERE contains(f.name, $text) OR f.uscc = upper($text) OR f.stock_code = upper($text)
-- firms of the segment first, then those with the shortest name
ORDER BY s.verdict IS NULL, length(f.name), f.firm_id
LIMIT $limit
