package io.eventsourcing.jdbc;

import io.eventsourcing.jdbc.KnownHeads.Head;
import io.eventsourcing.store.AppendCondition;
import io.eventsourcing.store.ExpectedPosition;
import io.eventsourcing.store.NewEvent;
import io.eventsourcing.store.StreamAppend;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An append whose place is known before the database is asked, so that one round trip is enough to write it.
 *
 * @param position of the event that it follows; -1 if it begins the stream
 * @param head the end of the stream, if it is known to be there
 */
record PlacedAppend(
        AppendRequest request, long position, @Nullable Head head) {

    StreamAppend append() {
        return request.appends().get(0);
    }

    StreamKey stream() {
        return request.key(append().stream());
    }

    List<NewEvent> events() {
        return append().events();
    }

    /** @throws NullPointerException if it isn't known */
    Head requireHead() {
        return Objects.requireNonNull(head);
    }

    /** Where the stream ends behind it. The ids before it matter only to appends that name no place. */
    Head end(long streamId) {
        UUID[] ids = events().stream().map(NewEvent::id).toArray(UUID[]::new);
        LatestIds before = head == null || append().expected().namesPlace() ? LatestIds.NONE : head.latest();
        return new Head(streamId, position + ids.length, before.with(ids));
    }

    /** Those of a batch that don't depend on what becomes of the others, with at most so many events each. */
    static List<PlacedAppend> of(List<AppendRequest> requests, KnownHeads heads, int maxEvents) {
        Batch batch = new Batch(requests, heads);
        return requests.stream()
                .filter(request -> isSimple(request, maxEvents))
                .flatMap(request -> batch.place(request).stream())
                .toList();
    }

    private static boolean isSimple(AppendRequest request, int maxEvents) {
        return request.appends().size() == 1
                && !request.appends().get(0).events().isEmpty()
                && request.appends().get(0).events().size() <= maxEvents
                && request.conditions().stream().allMatch(AppendCondition.NoMatch.class::isInstance)
                && !request.needsToBeAlone();
    }

    /** What is known of the appends that were placed so far. */
    private static final class Batch {
        private final KnownHeads heads;
        private final Set<StreamKey> severalWant = new HashSet<>();
        private final Set<StreamKey> taken = new HashSet<>();
        private final Set<String> tags = new HashSet<>();
        private final Set<UUID> ids = new HashSet<>();

        Batch(List<AppendRequest> requests, KnownHeads heads) {
            this.heads = heads;
            Set<StreamKey> wanted = new HashSet<>();
            requests.stream()
                    .flatMap(AppendRequest::streams)
                    .filter(stream -> !wanted.add(stream))
                    .forEach(severalWant::add);
        }

        Optional<PlacedAppend> place(AppendRequest request) {
            Optional<PlacedAppend> placed = mayDependOnOthers(request) ? Optional.empty() : placed(request);
            return placed.filter(this::hasIdsOfItsOwn)
                    .filter(append -> taken.add(append.stream()))
                    .map(this::noted);
        }

        private boolean mayDependOnOthers(AppendRequest request) {
            return request.items().anyMatch(item -> tags.containsAll(item.tags()));
        }

        private Optional<PlacedAppend> placed(AppendRequest request) {
            StreamAppend append = request.appends().get(0);
            StreamKey stream = request.key(append.stream());
            if (append.expected() instanceof ExpectedPosition.NoStream) {
                return Optional.of(new PlacedAppend(request, -1, null));
            }
            if (append.expected() instanceof ExpectedPosition.Exactly exactly) {
                long position = exactly.position();
                return Optional.of(new PlacedAppend(request, position, heads.at(stream, position)));
            }
            Head head = append.expected() instanceof ExpectedPosition.Any ? heads.of(stream) : null;
            // several that name no place are cheaper together than one of them first, and then the others
            return head == null || head.mayRepeat(append.events()) || severalWant.contains(stream)
                    ? Optional.empty()
                    : Optional.of(new PlacedAppend(request, head.position(), head));
        }

        /** By which it is known what was written. */
        private boolean hasIdsOfItsOwn(PlacedAppend append) {
            return append.events().stream().map(NewEvent::id).noneMatch(ids::contains);
        }

        private PlacedAppend noted(PlacedAppend placed) {
            for (NewEvent event : placed.events()) {
                ids.add(event.id());
                tags.addAll(event.tags());
            }
            return placed;
        }
    }
}
