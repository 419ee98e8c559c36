package io.eventsourcing.eventstoredb.test;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.grpc.stub.ServerCallStreamObserver;
import io.kurrent.dbclient.EventData;
import io.kurrent.dbclient.KurrentDBClient;
import io.kurrent.dbclient.ReadMessage;
import io.kurrent.dbclient.ReadStreamOptions;
import io.kurrent.dbclient.proto.shared.Shared;
import io.kurrent.dbclient.proto.streams.StreamsOuterClass.ReadReq;
import io.kurrent.dbclient.proto.streams.StreamsOuterClass.ReadResp;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

class BackPressureTest extends ServerTest {

    @Test
    void aClientThatTakesNothingIsSentNothing() {
        SlowClient client = new SlowClient();
        ReadCall call = new ReadCall(client, cursor(1000), Runnable::run, false);

        call.wake();
        assertThat(client.received).isEmpty();

        client.takes = 10;
        call.wake();
        assertThat(client.received).hasSize(10);
        assertThat(client.completed).isFalse();

        client.takes = 5000;
        call.wake();
        assertThat(client.received).hasSize(1000);
        assertThat(client.completed).isTrue();
    }

    @Test
    void aClientThatIsReadyAgainJustWhenTheServerGivesUpIsNotForgotten() {
        SlowClient client = new SlowClient();
        ReadCall call = new ReadCall(client, cursor(10), Runnable::run, false);
        client.whenNotReady = () -> {
            client.takes = 100;
            call.wake();
        };

        call.wake();

        assertThat(client.received).hasSize(10);
        assertThat(client.completed).isTrue();
    }

    private static ReadCursor cursor(int count) {
        EventLog log = new EventLog(Clock.systemUTC());
        List<ProposedEvent> events = IntStream.range(0, count)
                .mapToObj(i -> new ProposedEvent(UUID.randomUUID(), "e", true, ByteString.EMPTY, ByteString.EMPTY))
                .toList();
        log.write(List.of(new StreamWrite("s", ExpectedRevision.ANY, events)));
        ReadReq request = ReadReq.newBuilder()
                .setOptions(ReadReq.Options.newBuilder()
                        .setStream(ReadReq.Options.StreamOptions.newBuilder()
                                .setStreamIdentifier(Shared.StreamIdentifier.newBuilder()
                                        .setStreamName(ByteString.copyFromUtf8("s")))
                                .setStart(Shared.Empty.getDefaultInstance()))
                        .setCount(Long.MAX_VALUE)
                        .setNoFilter(Shared.Empty.getDefaultInstance())
                        .setUuidOption(ReadReq.Options.UUIDOption.newBuilder()
                                .setStructured(Shared.Empty.getDefaultInstance())))
                .build();
        return ReadRequest.of(request, ServerVersion.parse("25.1")).open(log);
    }

    @Test
    void aLongReadOfASlowReaderArrivesWhole() throws Exception {
        KurrentDBClient client = clientOf(start());
        byte[] data = new byte[2000];
        EventData[] page = new EventData[500];
        for (int i = 0; i < 20; i++) {
            for (int j = 0; j < page.length; j++) {
                page[j] = EventData.builderAsBinary("e", data).build();
            }
            append(client, "s", page);
        }
        CountingSubscriber counting = new CountingSubscriber();

        client.readStreamReactive("s", ReadStreamOptions.get().batchSize(16).deadline(60_000))
                .subscribe(counting);

        assertThat(counting.count.get(60, TimeUnit.SECONDS)).isEqualTo(10_000);
    }

    private static final class CountingSubscriber implements Subscriber<ReadMessage> {

        private final CompletableFuture<Integer> count = new CompletableFuture<>();
        private int events;

        @Override
        public void onSubscribe(Subscription subscription) {
            subscription.request(Integer.MAX_VALUE);
        }

        @Override
        public void onNext(ReadMessage message) {
            if (message.hasEvent()) {
                events++;
            }
        }

        @Override
        public void onError(Throwable failure) {
            count.completeExceptionally(failure);
        }

        @Override
        public void onComplete() {
            count.complete(events);
        }
    }

    /** The server's side of a call whose client takes so many messages and no more. */
    private static final class SlowClient extends ServerCallStreamObserver<ReadResp> {

        private final List<ReadResp> received = new ArrayList<>();
        private Runnable whenNotReady = () -> {};
        private int takes;
        private boolean completed;

        @Override
        public boolean isReady() {
            boolean ready = takes > 0;
            if (!ready) {
                whenNotReady.run();
            }
            return ready;
        }

        @Override
        public void onNext(ReadResp message) {
            if (message.hasEvent()) {
                received.add(message);
                takes--;
            }
        }

        @Override
        public void onCompleted() {
            completed = true;
        }

        @Override
        public void onError(Throwable failure) {
            throw new AssertionError(failure);
        }

        @Override
        public boolean isCancelled() {
            return false;
        }

        @Override
        public void setOnCancelHandler(Runnable handler) {}

        @Override
        public void setCompression(String compression) {}

        @Override
        public void setOnReadyHandler(Runnable handler) {}

        @Override
        public void disableAutoInboundFlowControl() {}

        @Override
        public void request(int count) {}

        @Override
        public void setMessageCompression(boolean enable) {}
    }
}
