-- results of validate: append-only, the newest of a kind is shown.
-- kind: entry, clusters, expansion, catalogues; input: file or store it was run on; data_as_of: NULL where the input has no date
CREATE TABLE validation_run (
    kind TEXT NOT NULL, ran_at TIMESTAMP NOT NULL, ran_by TEXT NOT NULL, input TEXT NOT NULL, data_as_of DATE,
    result JSON NOT NULL
);
