-- What became of a firm on a catalogue: one row a home region, chain, segment and firm, as last told; told again, replaced.
CREATE TABLE outreach (
    home_adcode TEXT NOT NULL, chain_id TEXT NOT NULL, segment_id TEXT NOT NULL, firm_id TEXT NOT NULL,
    state TEXT NOT NULL, visited_on DATE, note TEXT NOT NULL, next_step TEXT NOT NULL,
    changed_at TIMESTAMP NOT NULL, changed_by TEXT NOT NULL
);
