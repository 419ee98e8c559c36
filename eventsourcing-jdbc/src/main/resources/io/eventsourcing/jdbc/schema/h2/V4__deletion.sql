-- Up to where streams were deleted: the position of the first event that isn't, or the greatest number if the stream was
-- deleted for good. A row for each deletion, so that nothing is ever changed.
CREATE TABLE es_deletions (
    stream_id      BIGINT NOT NULL,
    first_readable BIGINT NOT NULL,
    deleted_at     TIMESTAMP WITH TIME ZONE DEFAULT CURRENT_TIMESTAMP NOT NULL,
    CONSTRAINT es_deletions_pk PRIMARY KEY (stream_id, first_readable)
);

INSERT INTO es_schema_version (version) VALUES (4);
