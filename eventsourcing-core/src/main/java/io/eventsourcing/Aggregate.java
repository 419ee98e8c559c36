package io.eventsourcing;

import io.eventsourcing.store.StreamName;
import io.eventsourcing.weaving.Weaver;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something that changes by events: a plain class whose constructors and methods carry {@link Event}.
 *
 * <p>Its version is that of its last event. The first event has version {@code INITIAL_VERSION}, a {@code public static
 * final int} or {@code long} of 0 or more that the class may declare; without it, 1. Its id is the one given to {@link
 * #Aggregate(UUID)}, or what the class's {@code static UUID createId(…)} makes of constructor arguments of the same
 * names, or a random one that sorts by time (version 7 of RFC 9562).
 *
 * <p>Not thread-safe. Two aggregates are equal if they are the same object.
 */
public abstract class Aggregate {

    static {
        Weaver.install(Aggregate.class, new AggregateRecorder());
    }

    private final AggregateType<?> type;
    private final UUID id;
    private final List<PendingEvent> pending = new ArrayList<>(2);
    private Clock clock;
    private long version;
    private @Nullable StreamName stream;
    private @Nullable Instant createdOn;
    private @Nullable Instant modifiedOn;
    private SnapshotProgress progress = SnapshotProgress.NONE;

    /** Whether what runs now is part of an event already: a constructor, the body of an event, or a replay. */
    private boolean busy = true;

    private final boolean replayed;

    /** An aggregate whose id is derived from the arguments of its constructor, or random. */
    protected Aggregate() {
        this(null, true);
    }

    /** An aggregate whose id the caller knows. When it is loaded again it gets the stored id, whatever is given here. */
    protected Aggregate(UUID id) {
        this(Objects.requireNonNull(id, "id"), false);
    }

    private Aggregate(@Nullable UUID given, boolean derived) {
        this.type = AggregateType.of(getClass());
        Creation.Replay replay = Creation.replayOf(getClass());
        this.replayed = replay != null;
        this.clock = replay != null ? replay.clock() : Clock.systemUTC();
        this.id = replay != null ? replay.id() : given != null ? given : type.newId();
        this.version = type.initialVersion() - 1;
    }

    public final UUID id() {
        return id;
    }

    /** The version of the last event, also if it isn't saved yet. */
    public final long version() {
        return version;
    }

    /** When the first event happened, in microseconds. */
    public final Instant createdOn() {
        return requireCreated(createdOn);
    }

    /**
     * When the last event happened, in microseconds; in the body of an event, when the event before it happened. A new
     * aggregate takes the time from the system's clock, until saving it for the first time gives its events the time of
     * the application's clock.
     */
    public final Instant modifiedOn() {
        return requireCreated(modifiedOn);
    }

    /** The events that aren't saved yet, oldest first. */
    public final List<PendingEvent> pendingEvents() {
        return List.copyOf(pending);
    }

    /**
     * Runs the {@link Event} method of this aggregate that the record describes, as if it had been called.
     *
     * @throws AggregateDefinitionException if no method takes this record, or has it as its type
     */
    protected final void trigger(Record event) {
        type.eventOf(event).trigger(this, event);
    }

    @Override
    public String toString() {
        return type.name() + "[id=" + id + ", version=" + version + "]";
    }

    /** Calling it is enough: it runs the static initialiser, if nothing has run it yet. */
    static void weaveFirst() {}

    private Instant requireCreated(@Nullable Instant instant) {
        if (instant == null) {
            throw new IllegalStateException(type.name() + " has no first event yet: this is known once its constructor,"
                    + " which must carry @Event, has returned");
        }
        return instant;
    }

    final AggregateType<?> type() {
        return type;
    }

    /** The version that is stored; one less than the first if none is. */
    final long savedVersion() {
        return version - pending.size();
    }

    final boolean begin() {
        if (busy) {
            return false;
        }
        busy = true;
        return true;
    }

    final void end() {
        busy = false;
    }

    /** The constructor of this very class has returned; an outer one replaces what an inner one recorded. */
    final void created(EventDefinition event, Object[] arguments) {
        if (replayed) {
            return;
        }
        pending.clear();
        version = type.initialVersion() - 1;
        createdOn = null;
        record(event, arguments);
        busy = false;
    }

    final void record(EventDefinition event, Object[] arguments) {
        Instant now = now();
        pending.add(new PendingEvent(event, arguments, now));
        happened(now);
    }

    /** A stored event was applied, or stands for nothing any more. */
    final void replayed(long streamPosition, Instant instant) {
        version = type.initialVersion() + streamPosition - 1;
        happened(instant);
    }

    /** Made without its events: the last of them was that of this version. */
    final void restored(long restoredVersion, Instant created, Instant modified) {
        version = restoredVersion;
        createdOn = created;
        modifiedOn = modified;
    }

    /** What is known of its snapshots. */
    final SnapshotProgress progress() {
        return progress;
    }

    final void progress(SnapshotProgress known) {
        progress = known;
    }

    /** All stored events were applied: what comes now is recorded, and stored in the same stream. */
    final void loadedFrom(StreamName loadedStream) {
        stream = loadedStream;
        end();
    }

    final StreamName stream() {
        return stream != null ? stream : StreamName.of(type.name(), id);
    }

    private void happened(Instant instant) {
        version++;
        modifiedOn = instant;
        if (createdOn == null) {
            createdOn = instant;
        }
    }

    /** Gives the aggregate the clock of the application that saves it; what it recorded by another gets its time. */
    final void useClock(Clock applicationClock) {
        if (clock.equals(applicationClock)) {
            return;
        }
        clock = applicationClock;
        if (!pending.isEmpty()) {
            Instant now = now();
            pending.forEach(event -> event.stamp(now));
            modifiedOn = now;
            createdOn = savedVersion() < type.initialVersion() ? now : createdOn;
        }
    }

    final void saved() {
        pending.clear();
    }

    private Instant now() {
        Instant now = clock.instant();
        return Instant.ofEpochSecond(now.getEpochSecond(), now.getNano() / 1_000 * 1_000L);
    }
}
