-- Streams and their events. Positions of streams have no gaps; commit positions may.
CREATE TABLE es_schema_version (
    version      INTEGER                  NOT NULL PRIMARY KEY,
    installed_at TIMESTAMP WITH TIME ZONE DEFAULT CURRENT_TIMESTAMP NOT NULL
);

CREATE TABLE es_streams (
    stream_id BIGINT       GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tenant    VARCHAR(100) DEFAULT '' NOT NULL,
    name      VARCHAR(200) NOT NULL,
    CONSTRAINT es_streams_name UNIQUE (tenant, name)
);

CREATE TABLE es_events (
    commit_position BIGINT         NOT NULL PRIMARY KEY,
    stream_id       BIGINT         NOT NULL,
    stream_position BIGINT         NOT NULL,
    event_id        UUID           NOT NULL,
    occurred_at     TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    event_type      VARCHAR(200)   NOT NULL,
    data            VARBINARY(1048576) NOT NULL,
    metadata        VARBINARY(1048576) NOT NULL
);

-- Not unique, since that costs a third of the rate of writing: who doesn't see the newest event of a stream doesn't see the
-- newest commit position either, and draws one that is taken.
CREATE INDEX es_events_stream_position ON es_events (stream_id, stream_position);

-- Whoever appends holds this row until the end of the transaction: positions are drawn in the order of commits.
CREATE TABLE es_append_lock (
    id INTEGER NOT NULL PRIMARY KEY
);
INSERT INTO es_append_lock (id) VALUES (1);

INSERT INTO es_schema_version (version) VALUES (1);
