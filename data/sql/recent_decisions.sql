-- one row a decision that was not undone, newest first, with the firm's name; holds: it is the newest of its pair
WITH decision AS (
    SELECT
        *,
        row_number() OVER (PARTITION BY segment_id, firm_id ORDER BY decided_at DESC, rowid DESC) = 1 AS holds
    FROM segment_decision
    WHERE chain_id = $chain_id AND undone_at IS NULL
),
asked AS (
    FROM decision
    WHERE ($actor IS NULL OR decided_by = $actor)
        AND ($segment_id IS NULL OR segment_id = $segment_id)
        AND ($firm_id IS NULL OR firm_id = $firm_id)
    ORDER BY decided_at DESC, segment_id, firm_id
    LIMIT $n
)
SELECT d.chain_id, d.segment_id, d.firm_id, f.name, d.verdict, d.role, d.note, d.decided_by, d.decided_at, d.holds
FROM asked d
LEFT JOIN firm f USING (firm_id)
ORDER BY d.decided_at DESC, d.segment_id, d.firm_id
