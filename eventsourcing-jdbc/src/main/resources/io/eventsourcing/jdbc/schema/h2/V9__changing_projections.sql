-- What is wanted of a projection while it runs: another number of segments, or that it holds still for a while. No segment
-- that is made later has a token up to the last one that was retired.
ALTER TABLE es_projections ADD COLUMN wanted_segments INTEGER;
ALTER TABLE es_projections ADD COLUMN held_until TIMESTAMP(6) WITH TIME ZONE;
ALTER TABLE es_projections ADD COLUMN retired_token BIGINT DEFAULT 0 NOT NULL;

-- Up to where a segment may go, and up to where its events were handled once before.
ALTER TABLE es_projection_segments ADD COLUMN commit_limit BIGINT DEFAULT 9223372036854775807 NOT NULL;
ALTER TABLE es_projection_segments ADD COLUMN replay_until BIGINT DEFAULT 0 NOT NULL;

INSERT INTO es_schema_version (version) VALUES (9);
