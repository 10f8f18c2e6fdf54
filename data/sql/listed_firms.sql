-- one row a firm and home region: the first frozen catalogue version that lists it, when it was frozen, its best score there
SELECT
    c.home_adcode AS home,
    i.firm_id,
    min(c.frozen_at)::DATE AS frozen_on,
    arg_min(c.catalogue_id, c.frozen_at) AS catalogue_id,
    arg_min(TRY_CAST(i.item ->> 'score' AS DOUBLE), (c.frozen_at, -coalesce(TRY_CAST(i.item ->> 'score' AS DOUBLE), 0))) AS score
FROM catalogue c
JOIN catalogue_item i USING (catalogue_id)
WHERE c.status = 'frozen' AND c.frozen_at IS NOT NULL
GROUP BY c.home_adcode, i.firm_id
ORDER BY c.home_adcode, i.firm_id
