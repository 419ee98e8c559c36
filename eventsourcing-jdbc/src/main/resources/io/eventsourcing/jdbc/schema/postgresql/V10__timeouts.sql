-- What process managers are to be called for later. Without next_at, it has failed too often.
CREATE TABLE es_timeouts (
    projection      varchar(100)  COLLATE "C" NOT NULL,
    tenant          varchar(100)  COLLATE "C" NOT NULL DEFAULT '',
    stream          varchar(200)  COLLATE "C" NOT NULL,
    name            varchar(100)  COLLATE "C" NOT NULL,
    slot            integer       NOT NULL,
    timeout_id      uuid          NOT NULL,
    due_at          timestamptz   NOT NULL,
    next_at         timestamptz,
    commit_position bigint        NOT NULL,
    data            bytea         NOT NULL,
    metadata        bytea         NOT NULL,
    attempts        integer       NOT NULL DEFAULT 0,
    cause           varchar(1000) NOT NULL DEFAULT '',
    CONSTRAINT es_timeouts_pk PRIMARY KEY (projection, tenant, stream, name)
);
CREATE INDEX es_timeouts_next ON es_timeouts (projection, next_at);

INSERT INTO es_schema_version (version) VALUES (10);
