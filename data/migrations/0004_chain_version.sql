-- chain packages that people saved: append-only, the newest of a chain is in force in place of the shipped one
CREATE TABLE chain_version (
    chain_id TEXT NOT NULL, version TEXT NOT NULL, content TEXT NOT NULL, reason TEXT NOT NULL,
    saved_by TEXT NOT NULL, saved_at TIMESTAMP NOT NULL
);
