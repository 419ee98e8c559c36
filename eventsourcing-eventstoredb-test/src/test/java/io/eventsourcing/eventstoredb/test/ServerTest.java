package io.eventsourcing.eventstoredb.test;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.kurrent.dbclient.AppendToStreamOptions;
import io.kurrent.dbclient.EventData;
import io.kurrent.dbclient.KurrentDBClient;
import io.kurrent.dbclient.KurrentDBConnectionString;
import io.kurrent.dbclient.ReadAllOptions;
import io.kurrent.dbclient.ReadStreamOptions;
import io.kurrent.dbclient.RecordedEvent;
import io.kurrent.dbclient.ResolvedEvent;
import io.kurrent.dbclient.StreamState;
import io.kurrent.dbclient.WriteResult;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;

/** A server, and the official client to talk to it. Both are closed after each test. */
abstract class ServerTest {

    private final List<EventStoreDbServer> servers = new ArrayList<>();
    private final List<KurrentDBClient> clients = new ArrayList<>();

    EventStoreDbServer start() {
        return start(EventStoreDbServer.builder());
    }

    EventStoreDbServer start(EventStoreDbServerBuilder builder) {
        EventStoreDbServer server = builder.start();
        servers.add(server);
        return server;
    }

    KurrentDBClient clientOf(EventStoreDbServer server) {
        return client(server.connectionString());
    }

    KurrentDBClient client(String connectionString) {
        KurrentDBClient client = KurrentDBClient.create(KurrentDBConnectionString.parseOrThrow(connectionString));
        clients.add(client);
        return client;
    }

    @AfterEach
    void close() throws Exception {
        // with an open subscription the client takes five seconds to shut down
        servers.forEach(server -> server.faults().endSubscriptions(SubscriptionEnd.COMPLETED));
        for (KurrentDBClient client : clients) {
            client.shutdown().get(30, SECONDS);
        }
        servers.forEach(EventStoreDbServer::close);
    }

    static EventData event(String type) {
        return event(UUID.randomUUID(), type);
    }

    static EventData event(UUID id, String type) {
        return EventData.builderAsJson(id, type, "{}".getBytes(StandardCharsets.UTF_8))
                .build();
    }

    /** Events of the types e0, e1, ... */
    static EventData[] events(int count) {
        return IntStream.range(0, count).mapToObj(i -> event("e" + i)).toArray(EventData[]::new);
    }

    static WriteResult append(KurrentDBClient client, String stream, EventData... events) {
        return append(client, stream, StreamState.any(), events);
    }

    static WriteResult append(KurrentDBClient client, String stream, StreamState state, EventData... events) {
        AppendToStreamOptions options = AppendToStreamOptions.get().streamState(state);
        return get(client.appendToStream(stream, options, events));
    }

    static List<RecordedEvent> read(KurrentDBClient client, String stream) {
        return read(client, stream, ReadStreamOptions.get());
    }

    static List<RecordedEvent> read(KurrentDBClient client, String stream, ReadStreamOptions options) {
        return recorded(get(client.readStream(stream, options)).getEvents());
    }

    static List<RecordedEvent> readAll(KurrentDBClient client, ReadAllOptions options) {
        return recorded(get(client.readAll(options)).getEvents());
    }

    /** Without the events of the system. */
    static List<RecordedEvent> readAllOfUsers(KurrentDBClient client) {
        return readAll(client, ReadAllOptions.get().fromStart()).stream()
                .filter(event -> !event.getEventType().startsWith("$"))
                .toList();
    }

    private static List<RecordedEvent> recorded(List<ResolvedEvent> events) {
        return events.stream().map(ResolvedEvent::getOriginalEvent).toList();
    }

    static List<String> types(List<RecordedEvent> events) {
        return events.stream().map(RecordedEvent::getEventType).toList();
    }

    static List<Long> revisions(List<RecordedEvent> events) {
        return events.stream().map(RecordedEvent::getRevision).toList();
    }

    /** What a call answers, or what it fails with. */
    static <T> T get(CompletableFuture<T> call) {
        try {
            return call.get(30, SECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        } catch (InterruptedException | TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    static String trailer(StatusRuntimeException failure, String name) {
        Metadata trailers = failure.getTrailers();
        return trailers == null ? null : trailers.get(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER));
    }
}
