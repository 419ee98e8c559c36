package io.eventsourcing.test.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventsourcing.projection.DeadLetter;
import io.eventsourcing.projection.Lease;
import io.eventsourcing.projection.ProjectionState;
import io.eventsourcing.projection.ProjectionStore;
import io.eventsourcing.projection.ProjectionStore.BatchResult;
import io.eventsourcing.projection.SegmentId;
import io.eventsourcing.store.StreamName;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** What each of the suites of projections works with. */
public interface ProjectionSuite {

    /** Longer than any test. */
    Duration LONG = Duration.ofMinutes(10);

    /** Over before anybody looks. */
    Duration SHORT = Duration.ofMillis(1);

    /** The fixture of the test that is running. */
    ProjectionStoreFixture fixture();

    /** A node whose clock is right. */
    default ProjectionStore node() {
        return fixture().node(Duration.ZERO);
    }

    /** A name that no other test has. */
    default String newProjection() {
        return "p" + UUID.randomUUID();
    }

    /** The only segment of a new projection. */
    default SegmentId newSegment() {
        String projection = newProjection();
        node().create(projection, 1, 0);
        return SegmentId.divide(projection, 1).get(0);
    }

    default ProjectionState state(String projection) {
        List<ProjectionState> states = node().states(List.of(projection));
        assertThat(states).as("states of " + projection).hasSize(1);
        return states.get(0);
    }

    default Lease acquired(ProjectionStore node, SegmentId segment, String name, Duration duration) {
        return Taken.when(() -> node.acquire(segment, name, duration));
    }

    /** What was written with the name of a projection, without the name. */
    default List<String> written(String projection) {
        return fixture().written().stream()
                .filter(effect -> effect.startsWith(projection + " "))
                .map(effect -> effect.substring(projection.length() + 1))
                .toList();
    }

    default DeadLetter letter(String projection, StreamName stream, long commitPosition, String cause) {
        UUID id = UUID.nameUUIDFromBytes((stream + "@" + commitPosition).getBytes(UTF_8));
        return new DeadLetter(
                projection, stream, "ten'ant", commitPosition, id, "Conformance.Happened", cause, 1, TestEvents.TIME);
    }

    /** Moves a segment, and parks and settles letters. */
    default Lease advanced(
            ProjectionStore node, Lease lease, long position, List<DeadLetter> parked, List<DeadLetter> settled) {
        return node.advance(lease, LONG, () -> new BatchResult(position, parked, settled));
    }
}
