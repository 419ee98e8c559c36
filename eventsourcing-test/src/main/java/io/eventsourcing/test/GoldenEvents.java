package io.eventsourcing.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventsourcing.Aggregate;
import io.eventsourcing.EventSourcing;
import io.eventsourcing.EventSourcingBuilder;
import io.eventsourcing.memory.MemoryEventStore;
import io.eventsourcing.store.ExpectedPosition;
import io.eventsourcing.store.ReadOptions;
import io.eventsourcing.store.RecordedEvent;
import io.eventsourcing.store.StreamName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;

/**
 * Examples of stored events, in files that are written once and kept for ever: what the program stores must be as in the
 * file, and what is in the file must be readable, so that a change of a class that breaks stored events fails the build.
 *
 * <p>A file that isn't there yet is written by a run with {@code -Dgolden.write=true}. An aggregate that is to be stored in
 * another way on purpose gets a new file, and the old one goes on being read. Immutable.
 */
public final class GoldenEvents {

    /** The system property that says whether to write files that aren't there. */
    public static final String WRITE = "golden.write";

    private final Path folder;
    private final UnaryOperator<EventSourcingBuilder> configuration;

    private GoldenEvents(Path folder, UnaryOperator<EventSourcingBuilder> configuration) {
        this.folder = folder;
        this.configuration = configuration;
    }

    /** In a folder of the sources, such as {@code src/test/resources/golden}; each file has the ending {@code .events}. */
    public static GoldenEvents in(Path folder) {
        return new GoldenEvents(folder, UnaryOperator.identity());
    }

    /** A copy for events that are stored with upcasters, keys or a mapper of the application. */
    public GoldenEvents with(UnaryOperator<EventSourcingBuilder> newConfiguration) {
        return new GoldenEvents(folder, newConfiguration);
    }

    /**
     * Saves the aggregate, which is new, and compares what is stored with the file: types, payloads and metadata, to the
     * byte. Ids and times may differ. Encrypted events always differ, and can only be {@linkplain #load loaded}.
     *
     * @throws AssertionError if something differs, or there is no file
     */
    public void assertStoredAs(String name, Aggregate aggregate) {
        List<RecordedEvent> stored = stored(aggregate);
        writeIfAsked(name, stored);
        assertThat(GoldenText.withoutIds(stored))
                .as(
                        "Stored events must stay as they are in %s. If the change is meant, raise the revision of the event,"
                                + " add an upcaster, and take another file for what is stored now",
                        file(name))
                .isEqualTo(GoldenText.withoutIds(read(name)));
    }

    /** Writes the file if it isn't there and that is asked for; for events that never are the same. */
    public void writeIfAsked(String name, Aggregate aggregate) {
        if (!Files.exists(file(name))) {
            writeIfAsked(name, stored(aggregate));
        }
    }

    /**
     * The aggregate that the events of the file make today.
     *
     * @throws AssertionError if there is no file
     */
    public <A extends Aggregate> A load(String name, Class<A> type) {
        List<RecordedEvent> events = read(name);
        StreamName stream = events.get(0).stream();
        EventSourcing eventSourcing = eventSourcing();
        eventSourcing.store().append(stream, ExpectedPosition.noStream(), GoldenText.asNew(events));
        String id = stream.value().substring(stream.category().length() + 1);
        return eventSourcing.repository().get(type, UUID.fromString(id));
    }

    private EventSourcing eventSourcing() {
        return configuration
                .apply(EventSourcing.builder(new MemoryEventStore()))
                .build();
    }

    private List<RecordedEvent> stored(Aggregate aggregate) {
        EventSourcing eventSourcing = eventSourcing();
        eventSourcing.save(aggregate);
        return eventSourcing.store().readAll(ReadOptions.forwards()).toList();
    }

    private Path file(String name) {
        return folder.resolve(name + ".events");
    }

    private List<RecordedEvent> read(String name) {
        try {
            if (Files.exists(file(name))) {
                return GoldenText.parse(Files.readString(file(name)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        throw new AssertionError(file(name).toAbsolutePath() + " isn't there: run the test with -D" + WRITE
                + "=true once to write it, look at it, and add it to the sources");
    }

    private void writeIfAsked(String name, List<RecordedEvent> events) {
        if (!Boolean.getBoolean(WRITE) || Files.exists(file(name))) {
            return;
        }
        try {
            Files.createDirectories(folder);
            Files.writeString(file(name), GoldenText.of(events));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
