-- one row: newest as-of date of the firms, oldest as-of date of an import of firms in force, number of firms
SELECT
    max(f.as_of),
    coalesce((SELECT min(as_of) FROM import_batch WHERE kind = 'firms' AND undone_at IS NULL), max(f.as_of)),
    count(*)
FROM firm f
