package io.eventsourcing.eventstoredb;

import static io.eventsourcing.store.ExpectedPosition.any;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventsourcing.store.NewEvent;
import io.eventsourcing.store.ReadOptions;
import io.eventsourcing.store.RecordedEvent;
import io.eventsourcing.store.StreamName;
import io.kurrent.dbclient.KurrentDBClient;
import io.kurrent.dbclient.ReadStreamOptions;
import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.TracerProvider;
import io.opentelemetry.context.propagation.ContextPropagators;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The client writes the ids of a trace into metadata that is JSON. */
class TracingTest {

    private static final String TRACE_ID = "0af7651916cd43dd8448eb211c80319c";

    /** Every span is sampled. */
    private static final class Tracing implements OpenTelemetry {

        private static final SpanContext TRACE =
                SpanContext.create(TRACE_ID, "b7ad6b7169203331", TraceFlags.getSampled(), TraceState.getDefault());

        @Override
        public TracerProvider getTracerProvider() {
            return new TracerProvider() {
                @Override
                public io.opentelemetry.api.trace.Tracer get(String name) {
                    return span -> spanBuilder();
                }

                @Override
                public io.opentelemetry.api.trace.Tracer get(String name, String version) {
                    return get(name);
                }
            };
        }

        private static SpanBuilder spanBuilder() {
            return (SpanBuilder) Proxy.newProxyInstance(
                    SpanBuilder.class.getClassLoader(),
                    new Class<?>[] {SpanBuilder.class},
                    (builder, method, arguments) -> method.getName().equals("startSpan") ? Span.wrap(TRACE) : builder);
        }

        @Override
        public ContextPropagators getPropagators() {
            return ContextPropagators.noop();
        }
    }

    @BeforeEach
    void trace() {
        GlobalOpenTelemetry.resetForTest();
        GlobalOpenTelemetry.set(new Tracing());
    }

    @AfterEach
    void stop() {
        GlobalOpenTelemetry.resetForTest();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', ignoreLeadingAndTrailingWhitespace = false, textBlock = """
                    ''|true
                    {}|true
                    {"user":"x"}|true
                    {"b" :1,"a":[ 1.0e5 ]}|false
                    plain|false
                    """)
    void metadataComesBackToTheByte(String metadata, boolean traced) throws Exception {
        NewEvent event = new NewEvent(
                UUID.randomUUID(),
                "Dog.TrickAdded",
                "{}".getBytes(UTF_8),
                metadata.getBytes(UTF_8),
                Instant.parse("2026-02-03T04:05:06.123456Z"));
        StreamName stream = Events.newStream();
        try (TestedServer server = TestedServer.start();
                EventStoreDbEventStore store = server.store().open()) {
            store.append(stream, any(), List.of(event));
            RecordedEvent read =
                    store.read(stream, ReadOptions.forwards()).iterator().next();
            assertThat(new String(read.metadata(), UTF_8)).isEqualTo(metadata);
            assertThat(read.timestamp()).isEqualTo(event.timestamp());
            assertThat(stored(server, stream).contains(TRACE_ID))
                    .as("the client has traced it")
                    .isEqualTo(traced);
        }
    }

    private static String stored(TestedServer server, StreamName stream) throws Exception {
        KurrentDBClient client = server.client();
        try {
            byte[] metadata = client.readStream(stream.value(), ReadStreamOptions.get())
                    .get()
                    .getEvents()
                    .get(0)
                    .getOriginalEvent()
                    .getUserMetadata();
            return new String(metadata, UTF_8);
        } finally {
            client.shutdown().get();
        }
    }
}
