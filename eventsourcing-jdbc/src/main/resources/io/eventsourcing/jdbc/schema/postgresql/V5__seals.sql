-- The chain of hashes: a row for each event that was sealed, in the order of their commit positions. Numbers begin at 0 and
-- have no gaps; each predecessor is the hash of the row before.
CREATE TABLE es_seals (
    seal_number     bigint      NOT NULL,
    commit_position bigint      NOT NULL,
    predecessor     bytea       NOT NULL,
    hash            bytea       NOT NULL,
    key_id          varchar(32) COLLATE "C",
    signature       bytea,
    sealed_at       timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT es_seals_pk PRIMARY KEY (seal_number),
    CONSTRAINT es_seals_commit_position UNIQUE (commit_position)
);

INSERT INTO es_schema_version (version) VALUES (5);
