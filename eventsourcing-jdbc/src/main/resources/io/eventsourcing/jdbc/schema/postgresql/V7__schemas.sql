-- What payloads of a type and revision look like. Nothing is ever changed or removed.
CREATE TABLE es_schemas (
    event_type    varchar(200) COLLATE "C" NOT NULL,
    revision      integer      NOT NULL,
    json_schema   text         NOT NULL,
    registered_at timestamptz  NOT NULL DEFAULT now(),
    CONSTRAINT es_schemas_pk PRIMARY KEY (event_type, revision)
);

INSERT INTO es_schema_version (version) VALUES (7);
