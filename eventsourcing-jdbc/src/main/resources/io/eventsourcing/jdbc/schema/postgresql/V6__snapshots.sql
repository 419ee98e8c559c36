-- What was made of events up to a position: of one stream, or of all of them by a projection. All of it can be lost.
CREATE TABLE es_snapshots (
    tenant     varchar(100) COLLATE "C" NOT NULL DEFAULT '',
    kind       varchar(10)  COLLATE "C" NOT NULL,
    name       varchar(200) COLLATE "C" NOT NULL,
    position   bigint       NOT NULL,
    last_event uuid         NOT NULL,
    type       varchar(200) COLLATE "C" NOT NULL,
    shape      varchar(100) COLLATE "C" NOT NULL,
    data       bytea        NOT NULL,
    taken_at   timestamptz  NOT NULL,
    CONSTRAINT es_snapshots_position PRIMARY KEY (tenant, kind, name, position)
);

INSERT INTO es_schema_version (version) VALUES (6);
