-- What process managers are to be called for later. Without next_at, it has failed too often.
CREATE TABLE es_timeouts (
    projection      VARCHAR(100)  NOT NULL,
    tenant          VARCHAR(100)  DEFAULT '' NOT NULL,
    stream          VARCHAR(200)  NOT NULL,
    name            VARCHAR(100)  NOT NULL,
    slot            INTEGER       NOT NULL,
    timeout_id      UUID          NOT NULL,
    due_at          TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    next_at         TIMESTAMP(6) WITH TIME ZONE,
    commit_position BIGINT        NOT NULL,
    data            VARBINARY(1048576) NOT NULL,
    metadata        VARBINARY(1048576) NOT NULL,
    attempts        INTEGER       DEFAULT 0 NOT NULL,
    cause           VARCHAR(1000) DEFAULT '' NOT NULL,
    CONSTRAINT es_timeouts_pk PRIMARY KEY (projection, tenant, stream, name)
);
CREATE INDEX es_timeouts_next ON es_timeouts (projection, next_at);

INSERT INTO es_schema_version (version) VALUES (10);
