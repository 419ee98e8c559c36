-- The keys that personal data is encrypted with, encrypted themselves. Deleting one forgets its subject.
CREATE TABLE es_subject_keys (
    tenant      varchar(100) COLLATE "C" NOT NULL DEFAULT '',
    subject     varchar(200) COLLATE "C" NOT NULL,
    key_id      uuid         NOT NULL,
    wrapped_key bytea        NOT NULL,
    CONSTRAINT es_subject_keys_subject PRIMARY KEY (tenant, subject),
    CONSTRAINT es_subject_keys_key UNIQUE (key_id)
);

INSERT INTO es_schema_version (version) VALUES (3);
