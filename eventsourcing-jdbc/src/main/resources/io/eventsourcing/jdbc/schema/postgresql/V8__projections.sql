-- Up to where projections are done, which node works on what, and what couldn't be handled. No other tables of the library
-- are changed in place.
CREATE TABLE es_projections (
    name       varchar(100) COLLATE "C" NOT NULL PRIMARY KEY,
    paused     boolean      NOT NULL DEFAULT FALSE,
    created_at timestamptz  NOT NULL DEFAULT now()
);

-- The token grows with each lease: what is done under an older one is refused. Few rows that change often, in pages with
-- room for it.
CREATE TABLE es_projection_segments (
    projection      varchar(100) COLLATE "C" NOT NULL,
    first_slot      integer      NOT NULL,
    last_slot       integer      NOT NULL,
    commit_position bigint       NOT NULL,
    token           bigint       NOT NULL DEFAULT 0,
    owner           varchar(200) COLLATE "C",
    leased_until    timestamptz,
    CONSTRAINT es_projection_segments_pk PRIMARY KEY (projection, first_slot, last_slot)
) WITH (fillfactor = 50);

-- Which nodes are ready to work on a projection.
CREATE TABLE es_projection_nodes (
    projection  varchar(100) COLLATE "C" NOT NULL,
    node        varchar(200) COLLATE "C" NOT NULL,
    ready_until timestamptz  NOT NULL,
    CONSTRAINT es_projection_nodes_pk PRIMARY KEY (projection, node)
) WITH (fillfactor = 50);

-- Events that couldn't be handled, and those that wait behind them in their streams. The events themselves are elsewhere.
CREATE TABLE es_dead_letters (
    projection      varchar(100)  COLLATE "C" NOT NULL,
    commit_position bigint        NOT NULL,
    tenant          varchar(100)  COLLATE "C" NOT NULL DEFAULT '',
    stream          varchar(200)  COLLATE "C" NOT NULL,
    event_id        uuid          NOT NULL,
    event_type      varchar(200)  COLLATE "C" NOT NULL,
    cause           varchar(1000) NOT NULL,
    attempts        integer       NOT NULL,
    parked_at       timestamptz   NOT NULL,
    request         varchar(10),
    CONSTRAINT es_dead_letters_pk PRIMARY KEY (projection, commit_position)
);
CREATE INDEX es_dead_letters_stream ON es_dead_letters (projection, stream, commit_position);

INSERT INTO es_schema_version (version) VALUES (8);
