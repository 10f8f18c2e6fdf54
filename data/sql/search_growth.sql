-- one row a firm of which it is known: what it founded elsewhere, the larger firm of its brand, the lists it stands on
WITH candidate AS (SELECT firm_id FROM firm),
{growth}SELECT
    firm_id,
    coalesce(branch.n_branches_away, 0) AS n_branches_away, branch.last_branch_on,
    coalesce(branch.n_affiliates_away, 0) AS n_affiliates_away, branch.last_affiliate_on,
    branch.last_affiliate.name AS last_affiliate_name, branch.last_affiliate.place AS last_affiliate_place,
    branch.last_affiliate.confidence AS last_affiliate_confidence,
    kin.kin_name, kin.kin_confidence,
    tag.tags
FROM branch
FULL JOIN kin USING (firm_id)
FULL JOIN tag USING (firm_id)
