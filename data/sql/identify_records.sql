-- one row a record without USCC: the firm it speaks of now, and the firm it should speak of: the one firm with a USCC that
-- has its stock code, else the one that has exactly its name, else the firm known by its stock code alone
CREATE OR REPLACE TEMP TABLE moved AS
WITH nameless AS (
    SELECT DISTINCT firm_id, stock_code, name FROM firm_record WHERE uscc IS NULL AND stock_code IS NOT NULL
),
by_stock AS (
    SELECT stock_code, min(uscc) AS uscc FROM firm_record
    WHERE uscc IS NOT NULL AND stock_code IN (SELECT stock_code FROM nameless)
    GROUP BY stock_code HAVING count(DISTINCT uscc) = 1
),
by_name AS (
    SELECT name, min(uscc) AS uscc FROM firm_record
    WHERE uscc IS NOT NULL AND name IN (SELECT name FROM nameless)
    GROUP BY name HAVING count(DISTINCT uscc) = 1
),
-- all records of one stock code go to one firm, though their names may differ
wanted AS (
    SELECT n.stock_code,
        CASE WHEN count(DISTINCT coalesce(s.uscc, b.uscc)) = 1 THEN min(coalesce(s.uscc, b.uscc)) END AS uscc
    FROM nameless n
    LEFT JOIN by_stock s USING (stock_code)
    LEFT JOIN by_name b USING (name)
    GROUP BY n.stock_code
)
SELECT DISTINCT n.firm_id AS old_id, coalesce(w.uscc, 'stock:' || n.stock_code) AS new_id, n.stock_code
FROM nameless n
JOIN wanted w USING (stock_code)
WHERE n.firm_id <> coalesce(w.uscc, 'stock:' || n.stock_code)
