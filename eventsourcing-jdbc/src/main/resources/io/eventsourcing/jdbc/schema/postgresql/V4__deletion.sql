-- Up to where streams were deleted: the position of the first event that isn't, or the greatest number if the stream was
-- deleted for good. A row for each deletion, so that nothing is ever changed.
--
-- A stream that was deleted for good also has a row in es_events, of type $tombstone, at the position that its next event
-- would have: it keeps out an append that doesn't see the deletion yet. Its commit position is the number of the stream
-- below zero, where no reader of all events looks.
CREATE TABLE es_deletions (
    stream_id      bigint      NOT NULL,
    first_readable bigint      NOT NULL,
    deleted_at     timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT es_deletions_pk PRIMARY KEY (stream_id, first_readable)
);

INSERT INTO es_schema_version (version) VALUES (4);
