-- What an application may do at run time: read, and add; forget subjects by deleting
-- their keys; keep snapshots, which can be lost; and keep how far projections have come. Whoever owns the
-- tables runs this once, behind the scripts that make them, and then: GRANT eventsourcing_runtime TO the_application. The
-- application then opens the store with initialize-schema=never, and can't change or remove what has happened.
-- A rebuild of a projection needs a schema for its copies as well, which isn't granted here. For a projection named dogs:
-- CREATE SCHEMA es_rebuild_dogs AUTHORIZATION the_application
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'eventsourcing_runtime') THEN
        CREATE ROLE eventsourcing_runtime NOLOGIN;
    END IF;
END
$$;

GRANT SELECT ON es_schema_version TO eventsourcing_runtime;
GRANT SELECT, INSERT ON es_streams, es_events, es_deletions, es_seals, es_schemas TO eventsourcing_runtime;
GRANT SELECT, INSERT, DELETE ON es_subject_keys TO eventsourcing_runtime;
GRANT SELECT, INSERT, UPDATE, DELETE ON es_snapshots TO eventsourcing_runtime;
GRANT SELECT, INSERT, UPDATE, DELETE ON es_projections, es_projection_segments, es_projection_nodes, es_dead_letters, es_timeouts
    TO eventsourcing_runtime;
GRANT SELECT, USAGE ON SEQUENCE es_commit_positions TO eventsourcing_runtime;
GRANT EXECUTE ON FUNCTION es_lock_events() TO eventsourcing_runtime;
