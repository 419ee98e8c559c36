package io.eventsourcing.test.conformance;

import io.eventsourcing.projection.ProjectionStore;
import io.eventsourcing.store.EventStore;
import java.time.Duration;
import java.util.List;

/**
 * What one test of projections works with. Nothing need be empty: the suites use names of their own. But nobody else may
 * append events while a test runs.
 */
public interface ProjectionStoreFixture extends AutoCloseable {

    /** The events, the same store at each call. */
    EventStore events();

    /**
     * The projection store as another node sees it, each time over the same data. The fixture closes it, if there is
     * anything to close.
     *
     * @param clockError by how much the node's own clock is wrong, which must not matter
     */
    ProjectionStore node(Duration clockError);

    /** Writes something to where the projection store keeps its data, in the transaction of the batch if one runs. */
    void write(String effect);

    /** What the table is called that it is written to, as a projection names it. */
    String table();

    /** Removes what was written that begins with a text, in the transaction if one runs. */
    void erase(String beginning);

    /** All that was written and committed, in the order in which it was written. */
    List<String> written();

    @Override
    void close();
}
