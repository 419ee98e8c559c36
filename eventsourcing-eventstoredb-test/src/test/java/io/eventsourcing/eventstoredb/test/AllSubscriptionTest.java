package io.eventsourcing.eventstoredb.test;

import static io.eventsourcing.eventstoredb.test.Listener.CAUGHT_UP;
import static io.eventsourcing.eventstoredb.test.Listener.CHECKPOINT;
import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.kurrent.dbclient.KurrentDBClient;
import io.kurrent.dbclient.Position;
import io.kurrent.dbclient.SubscribeToAllOptions;
import io.kurrent.dbclient.SubscriptionFilter;
import io.kurrent.dbclient.SubscriptionFilterBuilder;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class AllSubscriptionTest extends ServerTest {

    private final KurrentDBClient client = clientOf(start());
    private final Listener listener = new Listener();

    @Test
    void whatIsThereThenThatItCaughtUpThenWhatComes() {
        append(client, "a", event("a0"));
        Position last = append(client, "b", event("b0")).getLogPosition();

        subscribe(SubscribeToAllOptions.get().fromStart());

        assertThat(listener.next(3)).containsExactly("a0", "b0", CAUGHT_UP);
        assertThat(listener.caughtUpPosition).contains(last);
        append(client, "c", event("live"));
        assertThat(listener.next(1)).containsExactly("live");
    }

    @Test
    void systemEventsAreTold() {
        subscribe(SubscribeToAllOptions.get().fromStart());
        listener.next(1);

        assertThat(types(listener.events)).isNotEmpty().allMatch(type -> type.startsWith("$"));
    }

    @Test
    void afterAPositionThatPositionExcluded() {
        Position first = append(client, "a", event("a0")).getLogPosition();
        append(client, "a", event("a1"));

        subscribe(SubscribeToAllOptions.get().fromPosition(first));

        assertThat(listener.next(2)).containsExactly("a1", CAUGHT_UP);
    }

    @Test
    void fromTheEnd() {
        append(client, "a", event("a0"));

        subscribe(SubscribeToAllOptions.get().fromEnd());

        assertThat(listener.next(1)).containsExactly(CAUGHT_UP);
        append(client, "a", event("live"));
        assertThat(listener.next(1)).containsExactly("live");
    }

    @Test
    void aPositionInsideARecordIsRefused() throws Exception {
        long position = append(client, "a", event("a0")).getLogPosition().getCommitUnsigned() + 1;
        append(client, "a", event("a1"));

        subscribe(SubscribeToAllOptions.get().fromPosition(new Position(position, position)));

        assertThat(listener.cancelled.get(10, TimeUnit.SECONDS))
                .get()
                .isInstanceOfSatisfying(
                        StatusRuntimeException.class,
                        end -> assertThat(end.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT));
    }

    @Test
    void byStreamPrefix() {
        filtered(SubscriptionFilter.newBuilder().addStreamNamePrefix("order-"));
        append(client, "order-1", event("order"));
        append(client, "customer-1", event("customer"));
        append(client, "order-2", event("order again"));

        assertThat(listener.next(3)).containsExactly(CAUGHT_UP, "order", "order again");
    }

    @Test
    void byStreamExpressionWhichMatchesAnywhere() {
        filtered(SubscriptionFilter.newBuilder().withStreamNameRegularExpression("er-\\d"));
        append(client, "order-1", event("order"));
        append(client, "order-x", event("no"));
        append(client, "my-order-2", event("mine"));

        assertThat(listener.next(3)).containsExactly(CAUGHT_UP, "order", "mine");
    }

    @Test
    void byTypePrefixAndExpression() {
        filtered(SubscriptionFilter.newBuilder().addEventTypePrefix("Order"));
        append(client, "s", event("OrderPlaced"), event("Customer"));
        assertThat(listener.next(2)).containsExactly(CAUGHT_UP, "OrderPlaced");

        Listener second = new Listener();
        get(client.subscribeToAll(
                second,
                SubscribeToAllOptions.get()
                        .filter(SubscriptionFilter.newBuilder()
                                .withEventTypeRegularExpression("^[^$]")
                                .build())));
        assertThat(second.next(3)).containsExactly("OrderPlaced", "Customer", CAUGHT_UP);
        assertThat(types(second.events)).noneMatch(type -> type.startsWith("$"));
    }

    @Test
    void checkpointsAreToldEachTimeSoManyEventsWereLookedAt() {
        append(client, "a", events(10));
        Position last = append(client, "b", event("b")).getLogPosition();

        filtered(SubscriptionFilter.newBuilder()
                .addStreamNamePrefix("b")
                .withMaxWindow(2)
                .withCheckpointer(listener.checkpointer(), 3));

        assertThat(listener.next(4)).containsExactly(CHECKPOINT, "b", CHECKPOINT, CAUGHT_UP);
        assertThat(listener.checkpoints).element(1).isEqualTo(last);
        append(client, "a", events(6));
        assertThat(listener.next(1)).containsExactly(CHECKPOINT);
        assertThat(listener.checkpoints).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void aCheckpointIsAPlaceToGoOnFrom() {
        append(client, "a", events(10));
        filtered(SubscriptionFilter.newBuilder()
                .addStreamNamePrefix("b")
                .withMaxWindow(4)
                .withCheckpointer(listener.checkpointer(), 1));
        listener.next(3);
        Position checkpoint = listener.checkpoints.get(listener.checkpoints.size() - 1);

        Listener second = new Listener();
        get(client.subscribeToAll(second, SubscribeToAllOptions.get().fromPosition(checkpoint)));
        append(client, "c", event("later"));

        assertThat(second.next(2)).containsExactlyInAnyOrder(CAUGHT_UP, "later");
        assertThat(second.cancelled).isNotDone();
    }

    private void filtered(SubscriptionFilterBuilder filter) {
        subscribe(SubscribeToAllOptions.get().fromStart().filter(filter.build()));
    }

    private void subscribe(SubscribeToAllOptions options) {
        get(client.subscribeToAll(listener, options));
    }
}
