package io.eventsourcing.eventstoredb.test;

import static io.eventsourcing.eventstoredb.test.Listener.CAUGHT_UP;
import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.StatusRuntimeException;
import io.kurrent.dbclient.KurrentDBClient;
import io.kurrent.dbclient.SubscribeToStreamOptions;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class StreamSubscriptionTest extends ServerTest {

    private final KurrentDBClient client = clientOf(start());
    private final Listener listener = new Listener();

    @Test
    void whatIsThereThenThatItCaughtUpThenWhatComes() {
        append(client, "s", events(2));
        append(client, "other", event("other"));

        subscribe(SubscribeToStreamOptions.get().fromStart());

        assertThat(listener.next(3)).containsExactly("e0", "e1", CAUGHT_UP);
        assertThat(listener.caughtUpRevision).contains(1L);
        append(client, "other", event("other"));
        append(client, "s", event("live"));
        assertThat(listener.next(1)).containsExactly("live");
        assertThat(listener.silent()).isTrue();
    }

    @Test
    void afterARevisionThatRevisionExcluded() {
        append(client, "s", events(3));

        subscribe(SubscribeToStreamOptions.get().fromRevision(1));

        assertThat(listener.next(2)).containsExactly("e2", CAUGHT_UP);
    }

    @Test
    void fromTheEnd() {
        append(client, "s", events(3));

        subscribe(SubscribeToStreamOptions.get().fromEnd());

        assertThat(listener.next(1)).containsExactly(CAUGHT_UP);
        append(client, "s", event("live"));
        assertThat(listener.next(1)).containsExactly("live");
    }

    @Test
    void toAStreamThatIsNotThereYet() {
        subscribe(SubscribeToStreamOptions.get().fromStart());

        assertThat(listener.next(1)).containsExactly(CAUGHT_UP);
        assertThat(listener.caughtUpRevision).isEmpty();
        append(client, "s", event("first"));
        assertThat(listener.next(1)).containsExactly("first");
    }

    @Test
    void afterARevisionThatIsNotThereYet() {
        subscribe(SubscribeToStreamOptions.get().fromRevision(1));

        append(client, "s", events(3));

        assertThat(listener.next(2)).containsExactly(CAUGHT_UP, "e2");
    }

    @Test
    void acrossASoftDeletion() {
        append(client, "s", events(1));
        subscribe(SubscribeToStreamOptions.get().fromStart());
        listener.next(2);

        get(client.deleteStream("s"));
        append(client, "s", event("again"));

        assertThat(listener.next(1)).containsExactly("again");
    }

    @Test
    void aTombstoneEndsIt() throws Exception {
        append(client, "s", events(1));
        subscribe(SubscribeToStreamOptions.get().fromStart());
        listener.next(2);

        get(client.tombstoneStream("s"));

        assertThat(listener.cancelled.get(10, TimeUnit.SECONDS))
                .get()
                .isInstanceOfSatisfying(
                        StatusRuntimeException.class,
                        end -> assertThat(trailer(end, "exception")).isEqualTo("stream-deleted"));
    }

    @Test
    void anOldServerDoesNotTellThatItCaughtUpAndAnOlderNotWhere() {
        KurrentDBClient old = clientOf(start(EventStoreDbServer.builder().version("24.10")));
        KurrentDBClient older = clientOf(start(EventStoreDbServer.builder().version("22.10.5")));
        append(old, "s", events(1));
        append(older, "s", events(1));
        Listener ofOlder = new Listener();

        get(old.subscribeToStream("s", listener, SubscribeToStreamOptions.get().fromStart()));
        get(older.subscribeToStream("s", ofOlder, SubscribeToStreamOptions.get().fromStart()));

        assertThat(listener.next(2)).containsExactly("e0", CAUGHT_UP);
        assertThat(listener.caughtUpRevision).isEmpty();
        assertThat(ofOlder.next(1)).containsExactly("e0");
        assertThat(ofOlder.silent()).isTrue();
    }

    @Test
    void noEventIsLostWhileItCatchesUp() {
        for (int i = 0; i < 50; i++) {
            client.appendToStream("s", events(1));
        }
        subscribe(SubscribeToStreamOptions.get().fromStart());
        for (int i = 0; i < 50; i++) {
            client.appendToStream("s", events(1));
        }

        assertThat(listener.next(101)).hasSize(101).contains(CAUGHT_UP);
        assertThat(revisions(listener.events)).doesNotHaveDuplicates().isSorted();
    }

    private void subscribe(SubscribeToStreamOptions options) {
        get(client.subscribeToStream("s", listener, options));
    }
}
