-- one row a kind of validation: its newest run
SELECT kind, ran_at, ran_by, input, data_as_of, result
FROM validation_run
QUALIFY row_number() OVER (PARTITION BY kind ORDER BY ran_at DESC, rowid DESC) = 1
ORDER BY kind
