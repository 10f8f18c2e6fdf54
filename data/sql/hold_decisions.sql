-- one row a decided pair of the chain's segments: the newest decision not undone, and as what a confirmed firm counts there
CREATE OR REPLACE TEMP TABLE held AS
WITH segment AS (
    SELECT unnest($segments) AS segment_id, unnest($core) AS core, unnest($roles) AS counts_as
)
SELECT d.segment_id, d.firm_id, d.verdict, d.role, d.note, d.decided_by, segment.core, segment.counts_as
FROM segment_decision d
JOIN segment USING (segment_id)
WHERE d.chain_id = $chain_id AND d.undone_at IS NULL AND ($firm_id IS NULL OR d.firm_id = $firm_id)
QUALIFY row_number() OVER (PARTITION BY d.segment_id, d.firm_id ORDER BY d.decided_at DESC, d.rowid DESC) = 1
