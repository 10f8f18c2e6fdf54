-- The finished file of a frozen catalogue, byte for byte as it was first made; versions frozen before have none.
CREATE TABLE catalogue_file (catalogue_id TEXT NOT NULL, format TEXT NOT NULL, content BLOB NOT NULL, sha256 TEXT NOT NULL);
