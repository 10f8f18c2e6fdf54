-- one row: the newest day that the register of projects knows of; NULL where there is none
SELECT greatest((SELECT max(as_of) FROM project), (SELECT max(greatest(on_date, recorded_at::DATE)) FROM project_event)) AS newest
