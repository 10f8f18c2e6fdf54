-- How catalogues look, kept as data, and what is planned for a firm before the trip.

-- name: internal, leader or outside (YAML), talks/<chain_id> (YAML), logo (a PNG or JPEG picture); without a row the one
-- that comes with the program is in force
CREATE TABLE template (name TEXT NOT NULL, content BLOB NOT NULL, changed_at TIMESTAMP NOT NULL, changed_by TEXT NOT NULL);

-- one row a home region and firm, as last told; told again, replaced
CREATE TABLE outreach_plan (
    home_adcode TEXT NOT NULL, firm_id TEXT NOT NULL, site TEXT NOT NULL, channel TEXT NOT NULL, responsible TEXT NOT NULL,
    changed_at TIMESTAMP NOT NULL, changed_by TEXT NOT NULL
);
