-- Up to where projections are done, which node works on what, and what couldn't be handled. No other tables of the library
-- are changed in place.
CREATE TABLE es_projections (
    name       VARCHAR(100) NOT NULL PRIMARY KEY,
    paused     BOOLEAN      DEFAULT FALSE NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT CURRENT_TIMESTAMP NOT NULL
);

-- The token grows with each lease: what is done under an older one is refused.
CREATE TABLE es_projection_segments (
    projection      VARCHAR(100) NOT NULL,
    first_slot      INTEGER      NOT NULL,
    last_slot       INTEGER      NOT NULL,
    commit_position BIGINT       NOT NULL,
    token           BIGINT       DEFAULT 0 NOT NULL,
    owner           VARCHAR(200),
    leased_until    TIMESTAMP(6) WITH TIME ZONE,
    CONSTRAINT es_projection_segments_pk PRIMARY KEY (projection, first_slot, last_slot)
);

-- Which nodes are ready to work on a projection.
CREATE TABLE es_projection_nodes (
    projection  VARCHAR(100) NOT NULL,
    node        VARCHAR(200) NOT NULL,
    ready_until TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    CONSTRAINT es_projection_nodes_pk PRIMARY KEY (projection, node)
);

-- Events that couldn't be handled, and those that wait behind them in their streams. The events themselves are elsewhere.
CREATE TABLE es_dead_letters (
    projection      VARCHAR(100)  NOT NULL,
    commit_position BIGINT        NOT NULL,
    tenant          VARCHAR(100)  DEFAULT '' NOT NULL,
    stream          VARCHAR(200)  NOT NULL,
    event_id        UUID          NOT NULL,
    event_type      VARCHAR(200)  NOT NULL,
    cause           VARCHAR(1000) NOT NULL,
    attempts        INTEGER       NOT NULL,
    parked_at       TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    request         VARCHAR(10),
    CONSTRAINT es_dead_letters_pk PRIMARY KEY (projection, commit_position)
);
CREATE INDEX es_dead_letters_stream ON es_dead_letters (projection, stream, commit_position);

INSERT INTO es_schema_version (version) VALUES (8);
