-- one row: a coefficient of the chain in one import
SELECT supplier_id, user_id, coefficient FROM io_coefficient
WHERE chain_id = $chain_id AND batch_id = $batch_id ORDER BY supplier_id, user_id
