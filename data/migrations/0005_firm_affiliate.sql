-- one row a firm that carries the brand (字号) of another in its trade and elsewhere: inferred by matching, never a fact;
-- home_id: the largest known firm of that brand; n_expected: strangers of that brand in that trade by chance
CREATE TABLE firm_affiliate (
    home_id TEXT NOT NULL, affiliate_id TEXT NOT NULL, brand TEXT NOT NULL, trade TEXT, confidence DOUBLE NOT NULL,
    n_expected DOUBLE NOT NULL, evidence TEXT NOT NULL
);
-- what the affiliates were inferred from: the same text means that they would come out the same
CREATE TABLE affiliate_run (made_of TEXT NOT NULL, made_at TIMESTAMP NOT NULL, n_found BIGINT NOT NULL);
