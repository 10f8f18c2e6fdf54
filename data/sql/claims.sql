-- one row a claim of someone on one of the asked firms: who spoke with it first since it was last given up (talks), on whose
-- lists it stands (list) and on whose trips (trip); those from before the firm was given up are no claims any more
WITH asked AS (
    SELECT unnest($firms::VARCHAR[]) AS firm_id
),
told AS (
    SELECT e.* FROM outreach_event e SEMI JOIN asked USING (firm_id) WHERE e.home_adcode = $home
),
given_up AS (
    SELECT firm_id, max(changed_at) AS at FROM told WHERE state = '放弃' GROUP BY firm_id
),
spoken AS (
    SELECT t.firm_id, min_by(t.changed_by, t.changed_at) AS who, min(t.changed_at) AS since
    FROM told t
    LEFT JOIN given_up g USING (firm_id)
    WHERE t.state NOT IN ('待联系', '放弃') AND (g.at IS NULL OR t.changed_at > g.at)
    GROUP BY t.firm_id
),
claim AS (
    SELECT s.firm_id, 'talks' AS kind, s.who, '' AS unit, s.since, o.state, NULL AS ref_id, NULL AS name, true AS shared
    FROM spoken s
    JOIN outreach o ON o.firm_id = s.firm_id AND o.home_adcode = $home AND o.state NOT IN ('待联系', '放弃')
    UNION ALL
    SELECT i.firm_id, 'list', l.owner, l.unit, i.added_at, NULL, l.list_id, l.name, l.shared
    FROM firm_list_item i
    JOIN firm_list l USING (list_id)
    SEMI JOIN asked a ON a.firm_id = i.firm_id
    LEFT JOIN given_up g ON g.firm_id = i.firm_id
    WHERE l.home_adcode = $home AND (g.at IS NULL OR i.added_at > g.at)
    UNION ALL
    SELECT s.firm_id, 'trip', t.owner, t.unit, s.added_at, strftime(s.on_date, '%Y-%m-%d'), t.trip_id, t.name, t.shared
    FROM trip_stop s
    JOIN trip t USING (trip_id)
    SEMI JOIN asked a ON a.firm_id = s.firm_id
    LEFT JOIN given_up g ON g.firm_id = s.firm_id
    WHERE t.home_adcode = $home AND (g.at IS NULL OR s.added_at > g.at)
)
FROM claim ORDER BY firm_id, since, kind, ref_id
