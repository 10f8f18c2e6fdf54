-- What became of firms is told of a firm, not of a line of a catalogue: events are appended, the newest of a firm holds.
CREATE TABLE outreach_event (
    home_adcode TEXT NOT NULL, chain_id TEXT, segment_id TEXT, firm_id TEXT NOT NULL,
    state TEXT NOT NULL, visited_on DATE, note TEXT NOT NULL, next_step TEXT NOT NULL,
    changed_at TIMESTAMP NOT NULL, changed_by TEXT NOT NULL
);
INSERT INTO outreach_event BY NAME SELECT * FROM outreach ORDER BY changed_at;
DROP TABLE outreach;
CREATE VIEW outreach AS
SELECT * FROM outreach_event
QUALIFY row_number() OVER (PARTITION BY home_adcode, firm_id ORDER BY changed_at DESC, rowid DESC) = 1;

-- unit: the office that works with the list, '' where none was named; a list that is not shared is its owner's alone
CREATE TABLE firm_list (
    list_id TEXT NOT NULL, home_adcode TEXT NOT NULL, name TEXT NOT NULL, owner TEXT NOT NULL, unit TEXT NOT NULL,
    shared BOOLEAN NOT NULL, created_at TIMESTAMP NOT NULL
);
-- chain and segment: the gap it is meant for, NULL where none was named; reason: why it was added although someone else
-- follows the firm, NULL where nobody did
CREATE TABLE firm_list_item (
    list_id TEXT NOT NULL, firm_id TEXT NOT NULL, chain_id TEXT, segment_id TEXT,
    reason TEXT, added_at TIMESTAMP NOT NULL, added_by TEXT NOT NULL
);
CREATE TABLE firm_list_comment (
    list_id TEXT NOT NULL, comment TEXT NOT NULL, written_at TIMESTAMP NOT NULL, written_by TEXT NOT NULL
);

-- notes on a firm: appended, never changed
CREATE TABLE firm_note (
    home_adcode TEXT NOT NULL, firm_id TEXT NOT NULL, note TEXT NOT NULL, written_at TIMESTAMP NOT NULL, written_by TEXT NOT NULL
);

-- people: names of those who travel, with 、 between them
CREATE TABLE trip (
    trip_id TEXT NOT NULL, home_adcode TEXT NOT NULL, name TEXT NOT NULL, owner TEXT NOT NULL, unit TEXT NOT NULL,
    shared BOOLEAN NOT NULL, people TEXT NOT NULL, starts_on DATE NOT NULL, ends_on DATE NOT NULL, created_at TIMESTAMP NOT NULL
);
-- one row a visit, in the order of the trip
CREATE TABLE trip_stop (
    trip_id TEXT NOT NULL, position INTEGER NOT NULL, on_date DATE NOT NULL, city_code TEXT NOT NULL, firm_id TEXT NOT NULL,
    chain_id TEXT, segment_id TEXT, reason TEXT, added_at TIMESTAMP NOT NULL, added_by TEXT NOT NULL
);

-- kind: 标准厂房, 净地 … in the source's words; segments: names of segments or trades that it is meant for, with 、 between them
CREATE TABLE site (
    batch_id TEXT NOT NULL, site_id TEXT NOT NULL, name TEXT NOT NULL, adcode TEXT, kind TEXT,
    area_m2 DOUBLE, free_area_m2 DOUBLE, segments TEXT, source_id TEXT NOT NULL, as_of DATE NOT NULL
);
