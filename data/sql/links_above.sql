-- one row a recorded link from one of the firms to a firm above it: who owns it or whose branch it is, newest first
SELECT r.to_firm AS below, r.from_firm AS above, r.kind, r.evidence, coalesce(s.title, r.source_id) AS source, r.as_of
FROM relation r
SEMI JOIN (SELECT unnest($firms::VARCHAR[]) AS to_firm) asked USING (to_firm)
LEFT JOIN source s USING (source_id)
WHERE r.kind IN ('owns', 'branch') AND r.from_firm <> r.to_firm
ORDER BY below, above, r.as_of DESC, r.kind, source
