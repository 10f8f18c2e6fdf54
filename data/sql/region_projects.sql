-- one row a project of the region with its latest known stage and its money by layer; {region} is a condition on f
WITH stage AS (
    SELECT
        project_id,
        arg_max(stage, (coalesce(on_date, DATE '1900-01-01'), recorded_at)) FILTER (WHERE stage IS NOT NULL) AS stage,
        arg_max(on_date, (coalesce(on_date, DATE '1900-01-01'), recorded_at)) FILTER (WHERE stage IS NOT NULL) AS stage_on,
        arg_max(stage_text, (coalesce(on_date, DATE '1900-01-01'), recorded_at)) AS stage_text
    FROM project_event GROUP BY project_id
),
money AS (
    SELECT
        project_id,
        arg_max(amount_cny, coalesce(on_date, DATE '1900-01-01')) FILTER (WHERE layer = 'planned') AS planned_cny,
        arg_max(amount_cny, coalesce(on_date, DATE '1900-01-01')) FILTER (WHERE layer = 'agreement') AS agreement_cny,
        arg_max(amount_cny, coalesce(on_date, DATE '1900-01-01')) FILTER (WHERE layer = 'contract') AS contract_cny,
        sum(amount_cny) FILTER (WHERE layer = 'paid_in') AS paid_in_cny
    FROM project_money GROUP BY project_id
),
attached AS (
    SELECT project_id, count(*) AS n_segments FROM project_segment GROUP BY project_id
)
SELECT f.* FROM (
    SELECT
        p.project_id, p.name, p.place, p.adcode, coalesce(d.city_code, p.adcode) AS city_code, p.adcode AS registered_code,
        p.industry_text, p.origin, p.firm_id, p.unit, p.note, p.source_id,
        s.title AS source_title, p.as_of, p.batch_id,
        stage.stage, stage.stage_on, stage.stage_text,
        money.planned_cny, money.agreement_cny, money.contract_cny, money.paid_in_cny,
        coalesce(attached.n_segments, 0) AS n_segments
    FROM project p
    LEFT JOIN (SELECT adcode, first(city_code ORDER BY valid_to NULLS FIRST) AS city_code FROM division GROUP BY adcode) d ON d.adcode = p.adcode
    LEFT JOIN (SELECT source_id, any_value(title) AS title FROM source GROUP BY source_id) s ON s.source_id = p.source_id
    LEFT JOIN stage USING (project_id)
    LEFT JOIN money USING (project_id)
    LEFT JOIN attached USING (project_id)
) f
WHERE {region}
ORDER BY f.name, f.project_id
