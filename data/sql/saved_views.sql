-- one row a view of the page that the person may open: those of others only where they are shared; the person's own first
SELECT name, owner, shared, query, saved_at FROM saved_view
WHERE page = $page AND (shared OR owner = $actor)
ORDER BY owner <> $actor, name, owner
