-- The keys that personal data is encrypted with, encrypted themselves. Deleting one forgets its subject.
CREATE TABLE es_subject_keys (
    tenant      VARCHAR(100)   DEFAULT '' NOT NULL,
    subject     VARCHAR(200)   NOT NULL,
    key_id      UUID           NOT NULL,
    wrapped_key VARBINARY(200) NOT NULL,
    CONSTRAINT es_subject_keys_subject PRIMARY KEY (tenant, subject),
    CONSTRAINT es_subject_keys_key UNIQUE (key_id)
);

INSERT INTO es_schema_version (version) VALUES (3);
