-- What events are about.
ALTER TABLE es_events ADD COLUMN tags VARCHAR(200) ARRAY;

-- H2 has no index over the elements of an array.
CREATE TABLE es_event_tags (
    tag             VARCHAR(200) NOT NULL,
    commit_position BIGINT       NOT NULL,
    CONSTRAINT es_event_tags_pk PRIMARY KEY (tag, commit_position)
);

INSERT INTO es_schema_version (version) VALUES (2);
