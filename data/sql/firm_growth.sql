-- steps shared by queries over the firms of ``candidate``; the last, growth, has one row a firm of which it is known: what it
-- founded elsewhere, the larger firm of its brand, the lists it stands on
link AS MATERIALIZED (
    -- recorded branches and owned firms; inferred firms of the brand, with their confidence
    SELECT r.from_firm AS firm_id, r.to_firm AS other_id, r.since, NULL AS confidence
    FROM relation r SEMI JOIN candidate c ON c.firm_id = r.from_firm
    WHERE r.kind IN ('branch', 'owns')
    UNION ALL
    SELECT a.home_id, a.affiliate_id, NULL, a.confidence
    FROM firm_affiliate a SEMI JOIN candidate c ON c.firm_id = a.home_id
),
brand AS MATERIALIZED (
    SELECT a.affiliate_id, a.home_id, a.confidence
    FROM firm_affiliate a SEMI JOIN candidate c ON c.firm_id = a.affiliate_id
),
involved AS MATERIALIZED (
    SELECT firm_id, name, city_code, founded_on FROM firm
    WHERE firm_id IN (SELECT firm_id FROM link UNION SELECT other_id FROM link UNION SELECT home_id FROM brand)
),
founding AS (
    -- in another prefecture; of the brand only those founded later
    SELECT k.firm_id, k.other_id, b.name, b.city_code, if(k.confidence IS NULL, k.since, b.founded_on) AS since, k.confidence
    FROM link k
    JOIN involved p ON p.firm_id = k.firm_id
    JOIN involved b ON b.firm_id = k.other_id
    WHERE b.city_code <> p.city_code
      AND (k.confidence IS NULL OR p.founded_on IS NULL OR b.founded_on > p.founded_on)
),
known AS (
    -- what is recorded and inferred is one founding
    SELECT * FROM founding
    QUALIFY row_number() OVER (PARTITION BY firm_id, other_id ORDER BY confidence NULLS FIRST, since) = 1
),
branch AS (
    SELECT
        firm_id,
        count(*) FILTER (WHERE confidence IS NULL) AS n_branches_away,
        max(since) FILTER (WHERE confidence IS NULL) AS last_branch_on,
        count(confidence) AS n_affiliates_away,
        sum(confidence) AS affiliates_expected,
        max(since) FILTER (WHERE confidence IS NOT NULL) AS last_affiliate_on,
        arg_max({'name': k.name, 'place': d.name, 'confidence': confidence}, since)
            FILTER (WHERE confidence IS NOT NULL) AS last_affiliate
    FROM known k
    LEFT JOIN division d ON d.adcode = k.city_code AND d.valid_to IS NULL
    GROUP BY firm_id
),
kin AS (
    -- the largest firm of the brand, where the candidate is another of it
    SELECT a.affiliate_id AS firm_id, max(h.name) AS kin_name, max(a.confidence) AS kin_confidence
    FROM brand a
    JOIN involved h ON h.firm_id = a.home_id
    GROUP BY a.affiliate_id
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
),
growth AS (
    SELECT
        firm_id,
        coalesce(branch.n_branches_away, 0) AS n_branches_away, branch.last_branch_on,
        coalesce(branch.n_affiliates_away, 0) AS n_affiliates_away, branch.affiliates_expected, branch.last_affiliate_on,
        branch.last_affiliate.name AS last_affiliate_name, branch.last_affiliate.place AS last_affiliate_place,
        branch.last_affiliate.confidence AS last_affiliate_confidence,
        kin.kin_name, kin.kin_confidence,
        tag.tags
    FROM branch
    FULL JOIN kin USING (firm_id)
    FULL JOIN tag USING (firm_id)
)
