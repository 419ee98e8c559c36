-- Streams and their events. Positions of streams have no gaps; commit positions may.
CREATE TABLE es_schema_version (
    version      integer     NOT NULL PRIMARY KEY,
    installed_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE es_streams (
    stream_id bigint       GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tenant    varchar(100) COLLATE "C" NOT NULL DEFAULT '',
    name      varchar(200) COLLATE "C" NOT NULL,
    CONSTRAINT es_streams_name UNIQUE (tenant, name)
);

CREATE SEQUENCE es_commit_positions AS bigint MINVALUE 1 NO CYCLE;

-- bytea, not json: what is read must be what was written, to the byte
CREATE TABLE es_events (
    commit_position bigint       NOT NULL,
    stream_id       bigint       NOT NULL,
    stream_position bigint       NOT NULL,
    event_id        uuid         NOT NULL,
    occurred_at     timestamptz  NOT NULL,
    event_type      varchar(200) COLLATE "C" NOT NULL,
    data            bytea        NOT NULL,
    metadata        bytea        NOT NULL,
    CONSTRAINT es_events_commit_position PRIMARY KEY (commit_position),
    CONSTRAINT es_events_stream_position UNIQUE (stream_id, stream_position)
);

INSERT INTO es_schema_version (version) VALUES (1);
