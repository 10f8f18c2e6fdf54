-- Views that people saved by name: the parameters of a page's address. Private ones are offered to their owner alone; a
-- name is used once by an owner and page.
CREATE TABLE saved_view (
    page TEXT NOT NULL, name TEXT NOT NULL, owner TEXT NOT NULL, shared BOOLEAN NOT NULL, query JSON NOT NULL,
    saved_at TIMESTAMP NOT NULL
);
