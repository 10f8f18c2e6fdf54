-- one row a project of the region with its latest known stage and its money by layer; {region} is a condition on f.
-- What has no date of its own held on its import's as-of date. The same amount said again is one amount; amounts paid in
-- on known days are added, those without a day are a state (the newest import's), and the larger of the two stands
WITH statement AS (
    SELECT batch_id, as_of, imported_at FROM import_batch
),
event AS (
    SELECT e.*, (coalesce(e.on_date, t.as_of, DATE '1900-01-01'), e.recorded_at, e.on_date IS NULL) AS place
    FROM project_event e
    LEFT JOIN statement t USING (batch_id)
),
latest AS (
    -- the newest stage that has a day, and the newest that is only said to hold
    SELECT
        project_id,
        arg_max(stage, place) FILTER (WHERE on_date IS NOT NULL) AS dated,
        max(place) FILTER (WHERE on_date IS NOT NULL) AS dated_place,
        arg_max(stage, place) FILTER (WHERE on_date IS NULL) AS said,
        max(place) FILTER (WHERE on_date IS NULL) AS said_place
    FROM event WHERE stage IS NOT NULL GROUP BY project_id
),
chosen AS (
    -- of the two the one further on, as projects do not go back; where one is an end or a pause, the newer
    SELECT
        project_id,
        CASE
            WHEN list_position(['negotiating', 'signed', 'started', 'operating'], said) >= list_position(['negotiating', 'signed', 'started', 'operating'], dated) THEN said
            WHEN list_position(['negotiating', 'signed', 'started', 'operating'], said) < list_position(['negotiating', 'signed', 'started', 'operating'], dated) THEN dated
            WHEN said_place >= dated_place THEN said
            ELSE coalesce(dated, said)
        END AS stage
    FROM latest
),
stage AS (
    SELECT
        e.project_id,
        any_value(c.stage) AS stage,
        max(e.on_date) FILTER (WHERE e.stage = c.stage) AS stage_on,
        arg_max(e.stage_text, e.place) FILTER (WHERE e.stage IS NULL OR e.stage = c.stage) AS stage_text
    FROM event e
    LEFT JOIN chosen c USING (project_id)
    GROUP BY e.project_id
),
amount AS (
    SELECT m.*, (coalesce(m.on_date, t.as_of, DATE '1900-01-01'), t.imported_at) AS place
    FROM project_money m
    LEFT JOIN statement t USING (batch_id)
),
paid AS (
    SELECT project_id, sum(amount_cny) AS amount_cny
    FROM (SELECT DISTINCT project_id, on_date, amount, currency, amount_cny FROM amount WHERE layer = 'paid_in' AND on_date IS NOT NULL)
    GROUP BY project_id
),
paid_state AS (
    SELECT project_id, arg_max(amount_cny, place) AS amount_cny
    FROM (
        SELECT project_id, batch_id, place, sum(amount_cny) AS amount_cny FROM amount
        WHERE layer = 'paid_in' AND on_date IS NULL GROUP BY project_id, batch_id, place
    )
    GROUP BY project_id
),
money AS (
    SELECT
        a.project_id,
        arg_max(a.amount_cny, a.place) FILTER (WHERE layer = 'planned') AS planned_cny,
        arg_max(a.amount_cny, a.place) FILTER (WHERE layer = 'agreement') AS agreement_cny,
        arg_max(a.amount_cny, a.place) FILTER (WHERE layer = 'contract') AS contract_cny,
        greatest(any_value(paid.amount_cny), any_value(paid_state.amount_cny)) AS paid_in_cny
    FROM amount a
    LEFT JOIN paid USING (project_id)
    LEFT JOIN paid_state USING (project_id)
    GROUP BY a.project_id
),
attached AS (
    SELECT project_id, count(*) AS n_segments FROM project_segment GROUP BY project_id
),
place AS (
    -- today's division of any code
    SELECT
        adcode,
        first(coalesce(successor, adcode) ORDER BY valid_to NULLS FIRST) AS today,
        first(city_code ORDER BY valid_to NULLS FIRST) AS city_code
    FROM division GROUP BY adcode
),
former AS (
    -- the former codes of today's counties that were the same county: of the same name but for its last character
    -- (章丘市 → 章丘区), or the only one, come from another prefecture (莱城区 → 莱芜区); one merged into another is not
    SELECT o.adcode AS code, n.adcode AS today
    FROM division o
    JOIN division n ON n.adcode = o.successor AND n.valid_to IS NULL AND n.level = 'county'
    WHERE o.valid_to IS NOT NULL AND o.level = 'county'
    QUALIFY left(o.name, -1) = left(n.name, -1)
        OR (left(o.adcode, 4) <> left(n.adcode, 4) AND count(*) OVER (PARTITION BY n.adcode) = 1)
),
alias AS (
    -- every code of the same county: the project's own, today's and the former ones, whichever of them it was given
    SELECT adcode, adcode AS code FROM (SELECT DISTINCT adcode FROM project)
    UNION SELECT today, code FROM former
    UNION SELECT code, today FROM former
    UNION SELECT a.code, b.code FROM former a JOIN former b USING (today)
),
placed AS (
    -- a project under each code of its place
    SELECT p.project_id, coalesce(d.today, p.adcode) AS adcode, coalesce(d.city_code, p.adcode) AS city_code, alias.code AS registered_code
    FROM project p
    LEFT JOIN place d ON d.adcode = p.adcode
    LEFT JOIN alias ON alias.adcode = p.adcode
)
SELECT
    p.project_id, p.name, p.place, coalesce(d.today, p.adcode) AS adcode, p.industry_text, p.origin, p.firm_id, p.unit, p.note,
    p.source_id, s.title AS source_title, p.as_of, p.batch_id,
    stage.stage, stage.stage_on, stage.stage_text,
    money.planned_cny, money.agreement_cny, money.contract_cny, money.paid_in_cny,
    coalesce(attached.n_segments, 0) AS n_segments
FROM project p
LEFT JOIN place d ON d.adcode = p.adcode
LEFT JOIN (SELECT source_id, any_value(title) AS title FROM source GROUP BY source_id) s ON s.source_id = p.source_id
LEFT JOIN stage USING (project_id)
LEFT JOIN money USING (project_id)
LEFT JOIN attached USING (project_id)
WHERE p.project_id IN (SELECT f.project_id FROM placed f WHERE {region})
ORDER BY p.name, p.project_id
