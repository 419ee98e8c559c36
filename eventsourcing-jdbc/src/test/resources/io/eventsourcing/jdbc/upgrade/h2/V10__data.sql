-- What a store of version 10 had written: two streams whose events are mixed, one of them deleted, and one without events; a key, a seal, a snapshot, a schema, and a projection that is to be divided anew, and a timeout.
INSERT INTO es_streams (name) VALUES ('Dog-1');
INSERT INTO es_streams (name) VALUES ('Cat-1');
INSERT INTO es_streams (name) VALUES ('Dog-without-events');
INSERT INTO es_events
    (commit_position, stream_id, stream_position, event_id, occurred_at, event_type, data, metadata)
VALUES
    (1, 1, 0, '00000000-0000-0000-0000-000000000001', '2026-01-02 03:04:05.678901+00', 'Dog.Registered', X'7b7d', X''),
    (2, 2, 0, '00000000-0000-0000-0000-000000000002', '2026-01-02 03:04:05+00', 'Cat.Registered', X'00ff', X'7b7d'),
    (5, 1, 1, '00000000-0000-0000-0000-000000000003', '2026-01-02 03:04:06+00', 'Dog.TrickAdded', X'5b5d', X'');
UPDATE es_events SET tags = ARRAY['dog:1'] WHERE commit_position = 5;
INSERT INTO es_event_tags (tag, commit_position) VALUES ('dog:1', 5);
INSERT INTO es_subject_keys (subject, key_id, wrapped_key)
VALUES ('ann', '00000000-0000-0000-0000-000000000004', X'0102');
INSERT INTO es_deletions (stream_id, first_readable) VALUES (2, 1);
INSERT INTO es_seals (seal_number, commit_position, predecessor, hash)
VALUES (0, 1, X'0000000000000000000000000000000000000000000000000000000000000000', X'abababababababababababababababababababababababababababababababab');
INSERT INTO es_snapshots (kind, name, position, last_event, type, shape, data, taken_at)
VALUES ('stream', 'Dog-1', 1, '00000000-0000-0000-0000-000000000003', 'Dog', 'f00d', X'7b7d', '2026-01-02 03:04:07+00');

INSERT INTO es_schemas (event_type, revision, json_schema) VALUES ('Dog.Registered', 1, '{"type":"object"}');
INSERT INTO es_projections (name, wanted_segments, retired_token) VALUES ('dogs', 2, 1);
INSERT INTO es_projection_segments (projection, first_slot, last_slot, commit_position, token, owner, commit_limit, replay_until)
VALUES ('dogs', 0, 1023, 5, 3, 'node-1', 6, 2);
INSERT INTO es_projection_nodes (projection, node, ready_until) VALUES ('dogs', 'node-1', '2026-01-02 03:04:05+00');
INSERT INTO es_dead_letters
    (projection, commit_position, stream, event_id, event_type, cause, attempts, parked_at)
VALUES
    ('dogs', 2, 'Cat-1', '00000000-0000-0000-0000-000000000002', 'Cat.Registered', 'because', 4, '2026-01-02 03:04:06+00');
INSERT INTO es_timeouts (projection, stream, name, slot, timeout_id, due_at, next_at, commit_position, data, metadata)
VALUES
    ('dogs', 'Dog-1', 'reminder', 7, '00000000-0000-0000-0000-000000000005', '2026-01-02 03:04:06+00', '2026-01-02 03:04:06+00', 5,
     X'7b7d', X'');
