-- one row a draft catalogue of the home region: its firms, when it was last added to, and the newest version of its chain
-- with the number of firms that only one of the two holds
WITH version AS (
    SELECT chain_id, version, frozen_at, catalogue_id FROM catalogue WHERE home_adcode = $home
    QUALIFY row_number() OVER (PARTITION BY chain_id ORDER BY version DESC) = 1
),
draft AS (
    SELECT chain_id, chain_id || '-' || $home || '-draft' AS catalogue_id FROM unnest($chains) AS chains (chain_id)
),
item AS (
    SELECT d.chain_id, i.segment_id, i.firm_id, i.added_at FROM draft d JOIN catalogue_item i USING (catalogue_id)
),
frozen AS (
    SELECT v.chain_id, i.segment_id, i.firm_id FROM version v JOIN catalogue_item i USING (catalogue_id)
),
apart AS (
    SELECT chain_id, count(*) AS n_apart
    FROM (SELECT chain_id, segment_id, firm_id FROM item) a
    FULL JOIN frozen f USING (chain_id, segment_id, firm_id)
    WHERE a.firm_id IS NULL OR f.firm_id IS NULL
    GROUP BY chain_id
)
SELECT i.chain_id, count(*) AS n_items, max(i.added_at) AS added_at, any_value(v.version) AS version,
    any_value(v.frozen_at) AS frozen_at, coalesce(any_value(a.n_apart), 0) AS n_apart
FROM item i
LEFT JOIN version v USING (chain_id)
LEFT JOIN apart a USING (chain_id)
GROUP BY i.chain_id
ORDER BY i.chain_id
