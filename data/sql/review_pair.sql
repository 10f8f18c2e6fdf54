-- one row: a firm, what matching and people say of it in one segment (NULL where nobody does), and who said so last
SELECT
    f.firm_id, f.uscc, f.name, d.full_name AS region, f.founded_on, f.capital_cny, f.capital_flag, f.scope, f.products,
    f.industry_text, f.stock_code, f.status, f.as_of, coalesce(f.city_code, '000000') AS city_code,
    s.role, s.verdict, s.score, s.evidence, s.decided_by, s.rule_role, s.rule_verdict,
    (
        SELECT max(decided_at) FROM segment_decision
        WHERE chain_id = $chain_id AND segment_id = $segment_id AND firm_id = $firm_id AND undone_at IS NULL
    ) AS decided_at,
    coalesce({region}, false) AS is_local
FROM firm f
LEFT JOIN segment_firm s ON s.firm_id = f.firm_id AND s.chain_id = $chain_id AND s.segment_id = $segment_id
LEFT JOIN division d ON d.adcode = coalesce(f.adcode, f.city_code) AND d.valid_to IS NULL
WHERE f.firm_id = $firm_id
