-- Weights that people saved by name, shared by all users of the store, and input-output tables that replace the default
-- weights of supply edges.

-- kind: gaps or targets; weights: {part: weight}; one row a kind and name
CREATE TABLE saved_weights (
    kind TEXT NOT NULL, name TEXT NOT NULL, weights JSON NOT NULL, saved_by TEXT NOT NULL, saved_at TIMESTAMP NOT NULL
);

-- coefficient: value of the supplier's product in one unit of value of the user's output (a_ij)
CREATE TABLE io_coefficient (
    batch_id TEXT NOT NULL, chain_id TEXT NOT NULL, supplier_id TEXT NOT NULL, user_id TEXT NOT NULL,
    coefficient DOUBLE NOT NULL, source_id TEXT NOT NULL, as_of DATE NOT NULL
);

-- adcode: the region of local output and final demand; NULL where the row holds the national output alone
CREATE TABLE io_output (
    batch_id TEXT NOT NULL, chain_id TEXT NOT NULL, segment_id TEXT NOT NULL, adcode TEXT,
    local_output_cny DOUBLE, national_output_cny DOUBLE, final_demand_cny DOUBLE,
    source_id TEXT NOT NULL, as_of DATE NOT NULL
);
