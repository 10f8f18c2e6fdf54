-- one row a firm that somebody may have a claim on in the home region: told of, on a list or on a trip
SELECT firm_id FROM outreach WHERE home_adcode = $home AND state NOT IN ('待联系', '放弃')
UNION
SELECT i.firm_id FROM firm_list_item i JOIN firm_list l USING (list_id) WHERE l.home_adcode = $home
UNION
SELECT s.firm_id FROM trip_stop s JOIN trip t USING (trip_id) WHERE t.home_adcode = $home
ORDER BY firm_id
