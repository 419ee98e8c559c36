-- What was made of events up to a position: of one stream, or of all of them by a projection. All of it can be lost.
CREATE TABLE es_snapshots (
    tenant     VARCHAR(100) DEFAULT '' NOT NULL,
    kind       VARCHAR(10)  NOT NULL,
    name       VARCHAR(200) NOT NULL,
    position   BIGINT       NOT NULL,
    last_event UUID         NOT NULL,
    type       VARCHAR(200) NOT NULL,
    shape      VARCHAR(100) NOT NULL,
    data       VARBINARY(1048576) NOT NULL,
    taken_at   TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    CONSTRAINT es_snapshots_position PRIMARY KEY (tenant, kind, name, position)
);

INSERT INTO es_schema_version (version) VALUES (6);
