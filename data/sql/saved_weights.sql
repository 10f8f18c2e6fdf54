-- one row: a saved set of weights of the kind
SELECT name, weights, saved_by, saved_at FROM saved_weights WHERE kind = $kind ORDER BY name
