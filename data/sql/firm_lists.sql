-- one row a list of the home region that the person may see: shared ones and the person's own, newest first
SELECT l.list_id, l.home_adcode, l.name, l.owner, l.unit, l.shared, l.created_at, count(i.firm_id) AS n_firms
FROM firm_list l
LEFT JOIN firm_list_item i USING (list_id)
WHERE l.home_adcode = $home AND (l.shared OR l.owner = $actor)
GROUP BY ALL
ORDER BY l.created_at DESC, l.name, l.list_id
