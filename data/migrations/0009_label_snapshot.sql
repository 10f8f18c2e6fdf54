-- What the labels of the home region were: kept before and after its firms change, where they are not as last kept.
-- basis: benchmark and parameters that the labels were judged by, as JSON; only labels of one basis can be compared
CREATE TABLE label_snapshot (
    home_adcode TEXT NOT NULL, basis TEXT NOT NULL, chain_id TEXT NOT NULL, segment_id TEXT NOT NULL,
    label TEXT NOT NULL, n_local DOUBLE NOT NULL, expected DOUBLE NOT NULL, taken_at TIMESTAMP NOT NULL
);
