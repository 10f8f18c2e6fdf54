-- one row: what the texts of the firms depend on
SELECT count(*), max(imported_at), count(undone_at), (SELECT count(*) FROM firm) FROM import_batch
