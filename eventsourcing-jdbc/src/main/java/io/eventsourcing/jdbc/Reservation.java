package io.eventsourcing.jdbc;

import io.eventsourcing.store.ExpectedPosition;
import io.eventsourcing.store.StreamAppend;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What a transaction holds before it decides its appends.
 *
 * @param heads of the streams that have a row
 * @param commitPositions in ascending order; those that nothing is written at stay free for ever
 * @param busy what somebody else holds
 */
record Reservation(List<StreamHead> heads, long[] commitPositions, Busy busy) {

    /**
     * What others hold.
     *
     * @param tags keys of {@link TagLocks}
     */
    record Busy(Set<StreamKey> streams, Set<Integer> tags) {

        static final Busy NOTHING = new Busy(Set.of(), Set.of());
    }

    /**
     * What appends need.
     *
     * @param streams all of them
     * @param created those of them that get a row if they have none
     * @param events how many
     * @param alone whether nobody else may append meanwhile, whatever it is
     */
    record Wanted(List<StreamKey> streams, List<StreamKey> created, int events, TagLocks tags, boolean alone) {

        static Wanted by(Collection<AppendRequest> requests) {
            Set<StreamKey> streams = new LinkedHashSet<>();
            Set<StreamKey> created = new LinkedHashSet<>();
            int events = 0;
            boolean alone = requests.stream().anyMatch(AppendRequest::needsToBeAlone);
            for (AppendRequest request : requests) {
                request.streams().forEach(streams::add);
                for (StreamAppend append : request.appends()) {
                    events += append.events().size();
                    if (mayCreate(append)) {
                        created.add(request.key(append.stream()));
                    }
                }
            }
            return new Wanted(List.copyOf(streams), List.copyOf(created), events, TagLocks.of(requests), alone);
        }

        private static boolean mayCreate(StreamAppend append) {
            return !append.events().isEmpty()
                    && (append.expected() instanceof ExpectedPosition.NoStream
                            || append.expected() instanceof ExpectedPosition.Any);
        }
    }
}
