-- one row an asked firm that the store holds, with its name; by rowid, as names are then read of those firms alone
SELECT firm_id, name FROM firm
WHERE rowid IN (SELECT rowid FROM firm WHERE firm_id IN (SELECT unnest($firms::VARCHAR[])))
