-- one row a branch (X有限公司Y分公司) whose parent (X有限公司, spelt in full) is one firm of the store
INSERT INTO relation BY NAME
WITH named AS (
    SELECT firm_id, founded_on, as_of, name, replace(replace(name, '（', '('), '）', ')') AS plain
    FROM firm
),
branch AS (
    -- a legal person of its own is no branch, however its name begins
    SELECT * FROM named WHERE regexp_matches(plain, '公司.') AND NOT regexp_matches(plain, '(有限|责任|股份)公司$')
),
candidate AS (
    -- the longest beginning that ends in 公司, and the shortest: 甲有限公司乙分公司丙营业部 belongs to 乙分公司 if that is known
    SELECT *, 1 AS rank, regexp_extract(plain, '^(.+公司).+$', 1) AS parent FROM branch
    UNION ALL
    SELECT *, 2 AS rank, regexp_extract(plain, '^(.+?公司).+$', 1) AS parent FROM branch
),
owner AS (
    SELECT plain, any_value(firm_id) AS firm_id FROM named
    WHERE ends_with(plain, '公司')
    GROUP BY plain
    HAVING count(*) = 1
),
found AS (
    SELECT c.firm_id AS branch, arg_min(o.firm_id, c.rank) AS parent, any_value(c.name) AS name,
        any_value(c.founded_on) AS founded_on, any_value(c.as_of) AS as_of
    FROM candidate c
    JOIN owner o ON o.plain = c.parent
    WHERE o.firm_id <> c.firm_id
    GROUP BY c.firm_id
)
SELECT
    NULL AS batch_id, parent AS from_firm, branch AS to_firm, 'branch' AS kind, name AS evidence,
    founded_on AS since, $source_id AS source_id, as_of
FROM found
