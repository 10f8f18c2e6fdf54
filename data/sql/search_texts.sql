-- one row a firm, in no order: its name, products and scope, and codes, in small letters (codes in capitals) with brackets of
-- one width; what has no capital letter is left as it is, which takes a fifth of the time. cased: products and scope with their
-- capital letters, where there are any
WITH raw AS (
    SELECT
        firm_id,
        replace(replace(replace(name, '（', '('), '）', ')'), chr(10), ' ') AS names,
        replace(replace(concat_ws(chr(10), products, scope), '（', '('), '）', ')') AS rest,
        upper(concat_ws(' ', uscc, stock_code)) AS codes
    FROM firm
)
SELECT
    firm_id,
    if(regexp_matches(names, '[A-ZΑ-ΩА-ЯＡ-Ｚ]'), lower(names), names) AS names,
    if(regexp_matches(rest, '[A-ZΑ-ΩА-ЯＡ-Ｚ]'), lower(rest), rest) AS rest,
    if(regexp_matches(rest, '[A-ZΑ-ΩА-ЯＡ-Ｚ]'), rest, NULL) AS cased,
    codes
FROM raw
