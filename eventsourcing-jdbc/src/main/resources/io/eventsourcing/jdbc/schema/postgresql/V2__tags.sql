-- What events are about. NULL instead of an empty array, which would take twice the room in every row without tags.
ALTER TABLE es_events ADD COLUMN tags text[] COLLATE "C";

-- fastupdate would let a condition search a list of what isn't in the index yet
CREATE INDEX es_events_tags ON es_events USING gin (tags) WITH (fastupdate = off) WHERE tags IS NOT NULL;

-- Keeps everybody from appending until the transaction ends, for conditions that any event could break. A function, since to
-- lock the table directly a role would need the right to change or remove events.
CREATE FUNCTION es_lock_events() RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT
    AS 'LOCK TABLE es_events IN SHARE ROW EXCLUSIVE MODE';
REVOKE ALL ON FUNCTION es_lock_events() FROM PUBLIC;

INSERT INTO es_schema_version (version) VALUES (2);
