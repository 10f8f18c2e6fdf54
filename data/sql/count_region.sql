-- one row: number of firms of the region; {region} is a condition on f
SELECT count(*) FROM firm f WHERE {region}
