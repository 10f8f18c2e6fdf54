-- What was matched, so that only what changed since is matched again, and what people decided about pairs.
-- n_other: things that the firm lists beside the segment's, see analysis.centrality; rule_*: what matching itself said
ALTER TABLE segment_firm ADD COLUMN n_other INTEGER;
ALTER TABLE segment_firm ADD COLUMN rule_role TEXT;
ALTER TABLE segment_firm ADD COLUMN rule_verdict TEXT;

-- hash of the texts that were matched
ALTER TABLE firm_activity ADD COLUMN text_hash UBIGINT;

-- rule_hash: hash of the segment's rule and of the matching program
CREATE TABLE matched_segment (chain_id TEXT NOT NULL, segment_id TEXT NOT NULL, rule_hash TEXT NOT NULL);

-- append-only: the newest row of a pair that is not undone holds; verdict: confirmed or rejected;
-- role: maker, rd, trader, service, construction, NULL for the role that matching found
CREATE TABLE segment_decision (
    chain_id TEXT NOT NULL, segment_id TEXT NOT NULL, firm_id TEXT NOT NULL, verdict TEXT NOT NULL, role TEXT,
    note TEXT, decided_by TEXT NOT NULL, decided_at TIMESTAMP NOT NULL, undone_by TEXT, undone_at TIMESTAMP
);

-- pairs of before know none of this: they are made anew by the next matching
DELETE FROM match_run;
