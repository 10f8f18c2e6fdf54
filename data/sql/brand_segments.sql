-- one row a firm and segment in which it confirmedly produces or researches
SELECT DISTINCT firm_id, segment_id FROM segment_firm WHERE verdict = 'confirmed' AND role IN ('maker', 'rd')
ORDER BY firm_id, segment_id
