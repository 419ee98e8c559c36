package school.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventsourcing.memory.MemoryEventStore;
import io.eventsourcing.store.AppendCondition;
import io.eventsourcing.store.ConditionNotMetException;
import io.eventsourcing.store.ConditionalAppender;
import io.eventsourcing.store.EventQuery;
import io.eventsourcing.store.EventStore;
import io.eventsourcing.store.ExpectedPosition;
import io.eventsourcing.store.NewEvent;
import io.eventsourcing.store.ReadOptions;
import io.eventsourcing.store.RecordedEvent;
import io.eventsourcing.store.StreamAppend;
import io.eventsourcing.store.StreamName;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What docs/conditions.md says. */
class ConditionsTest {

    private static final int PLACES = 2;

    private final EventStore store = new MemoryEventStore();

    private static NewEvent subscribed(String course, String student) {
        // tag::tags[]
        NewEvent event = new NewEvent(
                UUID.randomUUID(),
                "Course.Subscribed",
                "{}".getBytes(StandardCharsets.UTF_8),
                new byte[0],
                Instant.now(),
                Set.of("course:" + course, "student:" + student));
        // end::tags[]
        return event;
    }

    private void subscribe(String course, String student) {
        // tag::decide[]
        EventQuery query = EventQuery.ofTypes("Course.Subscribed").andTagged("course:" + course);
        long taken = 0;
        long position = 0;
        for (RecordedEvent event : store.readAll(ReadOptions.forwards())) {
            taken += query.matches(event.type(), event.tags()) ? 1 : 0;
            position = event.commitPosition();
        }
        if (taken == PLACES) {
            throw new IllegalStateException("Course " + course + " is full");
        }
        store.require(ConditionalAppender.class)
                .append(
                        List.of(new StreamAppend(
                                StreamName.of("Student-" + student),
                                ExpectedPosition.any(),
                                List.of(subscribed(course, student)))),
                        List.of(AppendCondition.noMatchAfter(position, query)));
        // end::decide[]
    }

    @Test
    void decidesOnWhatWasRead() {
        subscribe("agility", "Fido");
        subscribe("agility", "Rex");
        assertThatThrownBy(() -> subscribe("agility", "Bello")).hasMessageContaining("full");
        subscribe("manners", "Bello");
        assertThat(store.readAll(ReadOptions.forwards()).toList()).hasSize(3);
    }

    @Test
    void claimsANameOnce() {
        ConditionalAppender appender = store.require(ConditionalAppender.class);
        List<StreamAppend> appends = List.of(new StreamAppend(
                StreamName.of("Student-Fido"), ExpectedPosition.noStream(), List.of(subscribed("agility", "Fido"))));
        // tag::claim[]
        appender.append(
                appends,
                List.of(
                        AppendCondition.noMatch(EventQuery.tagged("student:Fido")),
                        AppendCondition.stream(StreamName.of("Course-agility"), ExpectedPosition.noStream())));
        // end::claim[]
        assertThatThrownBy(() ->
                        appender.append(List.of(), List.of(AppendCondition.noMatch(EventQuery.tagged("student:Fido")))))
                .isInstanceOf(ConditionNotMetException.class);
    }
}
