-- The chain of hashes: a row for each event that was sealed, in the order of their commit positions. Numbers begin at 0 and
-- have no gaps; each predecessor is the hash of the row before.
CREATE TABLE es_seals (
    seal_number     BIGINT        NOT NULL,
    commit_position BIGINT        NOT NULL,
    predecessor     VARBINARY(32) NOT NULL,
    hash            VARBINARY(32) NOT NULL,
    key_id          VARCHAR(32),
    signature       VARBINARY(64),
    sealed_at       TIMESTAMP WITH TIME ZONE DEFAULT CURRENT_TIMESTAMP NOT NULL,
    CONSTRAINT es_seals_pk PRIMARY KEY (seal_number),
    CONSTRAINT es_seals_commit_position UNIQUE (commit_position)
);

INSERT INTO es_schema_version (version) VALUES (5);
