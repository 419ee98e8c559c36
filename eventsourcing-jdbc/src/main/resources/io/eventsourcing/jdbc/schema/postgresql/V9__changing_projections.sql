-- What is wanted of a projection while it runs: another number of segments, or that it holds still for a while. No segment
-- that is made later has a token up to the last one that was retired.
ALTER TABLE es_projections
    ADD COLUMN wanted_segments integer,
    ADD COLUMN held_until      timestamptz,
    ADD COLUMN retired_token   bigint NOT NULL DEFAULT 0;

-- Up to where a segment may go, and up to where its events were handled once before.
ALTER TABLE es_projection_segments
    ADD COLUMN commit_limit bigint NOT NULL DEFAULT 9223372036854775807,
    ADD COLUMN replay_until bigint NOT NULL DEFAULT 0;

INSERT INTO es_schema_version (version) VALUES (9);
