-- one row a trip of the home region that the person may see: shared ones and the person's own, latest departure first
SELECT
    t.trip_id, t.home_adcode, t.name, t.owner, t.unit, t.shared, t.people, t.starts_on, t.ends_on, t.created_at,
    count(s.firm_id) AS n_stops
FROM trip t
LEFT JOIN trip_stop s USING (trip_id)
WHERE t.home_adcode = $home AND (t.shared OR t.owner = $actor)
GROUP BY ALL
ORDER BY t.starts_on DESC, t.created_at DESC, t.name, t.trip_id
