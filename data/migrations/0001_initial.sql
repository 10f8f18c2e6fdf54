-- Store of facts. Money in 元, shares 0-1, dates as DATE; missing is NULL. No secondary index, no primary key:
-- uniqueness is checked by the importer (an ART index costs time on a million rows and was not crash-safe).
CREATE TABLE setting (key TEXT NOT NULL, value TEXT NOT NULL);

CREATE TABLE source (source_id TEXT NOT NULL, title TEXT NOT NULL, publisher TEXT, licence TEXT, note TEXT);

CREATE TABLE import_batch (
    batch_id TEXT NOT NULL, kind TEXT NOT NULL, file_name TEXT NOT NULL, file_sha256 TEXT NOT NULL,
    source_id TEXT NOT NULL, as_of DATE NOT NULL, imported_at TIMESTAMP NOT NULL, imported_by TEXT NOT NULL,
    mapping JSON NOT NULL, n_read BIGINT NOT NULL, n_accepted BIGINT NOT NULL, n_rejected BIGINT NOT NULL,
    n_flagged BIGINT NOT NULL, undone_at TIMESTAMP, undone_by TEXT
);

-- severity: rejected (row not taken) or flagged (row taken, value doubtful)
CREATE TABLE import_issue (
    batch_id TEXT NOT NULL, severity TEXT NOT NULL, row_number BIGINT NOT NULL, column_name TEXT NOT NULL,
    value TEXT, reason TEXT NOT NULL
);

-- valid_to and successor are set for abolished codes (行政区划变更)
CREATE TABLE division (
    adcode TEXT NOT NULL, name TEXT NOT NULL, full_name TEXT NOT NULL, level TEXT NOT NULL, city_code TEXT,
    province_code TEXT NOT NULL, longitude DOUBLE, latitude DOUBLE, valid_to DATE, successor TEXT
);

-- what one source says of one firm: the facts; firm is merged from it
CREATE TABLE firm_record (
    batch_id TEXT NOT NULL, row_number BIGINT NOT NULL, source_id TEXT NOT NULL, as_of DATE NOT NULL,
    firm_id TEXT NOT NULL, uscc TEXT, name TEXT NOT NULL, founded_on DATE,
    capital_original DOUBLE, capital_currency TEXT, capital_cny DOUBLE, capital_flag TEXT,
    scope TEXT, products TEXT, address TEXT, industry_text TEXT, gb4754 TEXT, stock_code TEXT,
    employees BIGINT, revenue_cny DOUBLE, revenue_year INTEGER, status TEXT,
    registered_code TEXT, city_code TEXT, adcode TEXT
);

-- one row a firm: for every fact the newest known value among the records of batches not undone
CREATE TABLE firm (
    firm_id TEXT NOT NULL, uscc TEXT, name TEXT NOT NULL, founded_on DATE,
    capital_original DOUBLE, capital_currency TEXT, capital_cny DOUBLE, capital_flag TEXT,
    scope TEXT, products TEXT, address TEXT, industry_text TEXT, gb4754 TEXT, stock_code TEXT,
    employees BIGINT, revenue_cny DOUBLE, revenue_year INTEGER, status TEXT,
    registered_code TEXT, city_code TEXT, adcode TEXT, as_of DATE NOT NULL, n_records INTEGER NOT NULL
);

CREATE TABLE firm_tag (
    batch_id TEXT NOT NULL, firm_id TEXT NOT NULL, list_name TEXT NOT NULL, level TEXT, year INTEGER,
    expires_on DATE, source_id TEXT NOT NULL, as_of DATE NOT NULL
);

-- kind: branch (分支机构), owns, supplies, referral; from_firm is the parent, supplier or referrer
CREATE TABLE relation (
    batch_id TEXT, from_firm TEXT NOT NULL, to_firm TEXT NOT NULL, kind TEXT NOT NULL, evidence TEXT NOT NULL,
    since DATE, source_id TEXT NOT NULL, as_of DATE NOT NULL
);

-- whether any clause of the firm's scope, name or products says that it makes something
CREATE TABLE firm_activity (firm_id TEXT NOT NULL, makes BOOLEAN NOT NULL);

-- role: maker, rd, trader, service, construction; verdict: confirmed, uncertain, rejected;
-- position: place 0-1 of the first keyword in the scope, NULL where it has none;
-- core: the segment is of the chain's own production (not of its users or helpers)
CREATE TABLE segment_firm (
    chain_id TEXT NOT NULL, segment_id TEXT NOT NULL, firm_id TEXT NOT NULL, role TEXT NOT NULL, verdict TEXT NOT NULL,
    score DOUBLE NOT NULL, evidence TEXT NOT NULL, decided_by TEXT NOT NULL, position DOUBLE,
    core BOOLEAN NOT NULL
);

CREATE TABLE match_run (
    chain_id TEXT NOT NULL, version TEXT NOT NULL, matched_at TIMESTAMP NOT NULL, n_firms BIGINT NOT NULL, n_pairs BIGINT NOT NULL
);

-- number of counting firms (makers, or servers in a service segment) of a segment in a prefecture
CREATE TABLE city_segment (
    city_code TEXT NOT NULL, chain_id TEXT NOT NULL, segment_id TEXT NOT NULL, n_makers BIGINT NOT NULL,
    n_rd BIGINT NOT NULL, capital_cny DOUBLE
);
CREATE TABLE city_total (city_code TEXT NOT NULL, n_firms BIGINT NOT NULL, n_producers BIGINT NOT NULL);

CREATE TABLE project (
    project_id TEXT NOT NULL, name TEXT NOT NULL, place TEXT, adcode TEXT, industry_text TEXT, origin TEXT, firm_id TEXT,
    unit TEXT, note TEXT, batch_id TEXT, source_id TEXT NOT NULL, as_of DATE NOT NULL
);
-- append-only. stage: negotiating, signed, started, operating, suspended, terminated; NULL where the source's words name none
CREATE TABLE project_event (
    project_id TEXT NOT NULL, stage TEXT, stage_text TEXT NOT NULL, on_date DATE, recorded_at TIMESTAMP NOT NULL,
    recorded_by TEXT NOT NULL, batch_id TEXT, source_id TEXT NOT NULL
);
-- layer: agreement (协议), contract (合同), paid_in (到位), planned (计划/总投资); layers are never added
CREATE TABLE project_money (
    project_id TEXT NOT NULL, layer TEXT NOT NULL, layer_text TEXT NOT NULL, amount DOUBLE NOT NULL, currency TEXT NOT NULL,
    amount_cny DOUBLE, on_date DATE, batch_id TEXT, source_id TEXT NOT NULL
);
CREATE TABLE project_segment (
    project_id TEXT NOT NULL, chain_id TEXT NOT NULL, segment_id TEXT NOT NULL, decided_by TEXT NOT NULL,
    decided_at TIMESTAMP NOT NULL, evidence TEXT NOT NULL, batch_id TEXT
);

CREATE TABLE catalogue (
    catalogue_id TEXT NOT NULL, title TEXT NOT NULL, chain_id TEXT NOT NULL, home_adcode TEXT NOT NULL, status TEXT NOT NULL,
    version INTEGER NOT NULL, created_at TIMESTAMP NOT NULL, created_by TEXT NOT NULL, frozen_at TIMESTAMP,
    data_as_of DATE, parameters JSON NOT NULL, content_sha256 TEXT
);
CREATE TABLE catalogue_item (
    catalogue_id TEXT NOT NULL, position INTEGER NOT NULL, segment_id TEXT NOT NULL, firm_id TEXT NOT NULL,
    item JSON NOT NULL, added_at TIMESTAMP NOT NULL, added_by TEXT NOT NULL
);

CREATE TABLE audit_event (happened_at TIMESTAMP NOT NULL, actor TEXT NOT NULL, action TEXT NOT NULL, detail TEXT NOT NULL);
