-- one row a firm of which it is known: what it founded elsewhere, the larger firm of its brand, the lists it stands on
WITH candidate AS (SELECT firm_id FROM firm),
{growth}SELECT * FROM growth
