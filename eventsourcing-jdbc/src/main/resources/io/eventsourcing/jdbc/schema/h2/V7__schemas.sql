-- What payloads of a type and revision look like. Nothing is ever changed or removed.
CREATE TABLE es_schemas (
    event_type    VARCHAR(200)    NOT NULL,
    revision      INTEGER         NOT NULL,
    json_schema   VARCHAR(200000) NOT NULL,
    registered_at TIMESTAMP WITH TIME ZONE DEFAULT CURRENT_TIMESTAMP NOT NULL,
    CONSTRAINT es_schemas_pk PRIMARY KEY (event_type, revision)
);

INSERT INTO es_schema_version (version) VALUES (7);
