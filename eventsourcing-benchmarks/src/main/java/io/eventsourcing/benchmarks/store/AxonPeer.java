package io.eventsourcing.benchmarks.store;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.zaxxer.hikari.HikariDataSource;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.eventsourcing.eventstore.jdbc.HsqlEventTableFactory;
import org.axonframework.eventsourcing.eventstore.jdbc.JdbcEventStorageEngine;
import org.axonframework.eventsourcing.eventstore.jdbc.JdbcSQLErrorCodesResolver;
import org.axonframework.eventsourcing.eventstore.jdbc.PostgresEventTableFactory;
import org.axonframework.messaging.MetaData;
import org.axonframework.serialization.json.JacksonSerializer;

/**
 * Axon Framework's storage engine in tables of its own. Nothing of Axon stands around it: no unit of work, no event bus, no
 * aggregate. That flatters it, since our side does all of its work. Its serializer is that for Jackson 2, the faster of the
 * two that it has.
 */
final class AxonPeer {

    /** What the engine does if nothing is said. */
    static final int DEFAULT_BATCH = 100;

    private static final MetaData METADATA =
            MetaData.with("correlationId", Events.CORRELATION_ID).and("n", "1234");

    private AxonPeer() {}

    /** @param batchSize how many events it fetches at a time */
    static JdbcEventStorageEngine engine(HikariDataSource pool, int batchSize) {
        JacksonSerializer serializer =
                JacksonSerializer.builder().objectMapper(new ObjectMapper()).build();
        BoundTransactions transactions = new BoundTransactions(pool);
        return JdbcEventStorageEngine.builder()
                .eventSerializer(serializer)
                .snapshotSerializer(serializer)
                .persistenceExceptionResolver(new JdbcSQLErrorCodesResolver())
                .connectionProvider(transactions)
                .transactionManager(transactions)
                .batchSize(batchSize)
                .build();
    }

    static EventStorageEngine engineWithTables(Vendor vendor, HikariDataSource pool) {
        JdbcEventStorageEngine engine = engine(pool, DEFAULT_BATCH);
        engine.createSchema(vendor == Vendor.H2 ? new H2Tables() : PostgresEventTableFactory.INSTANCE);
        return engine;
    }

    /** @param first the position of the first of them in its stream */
    static List<DomainEventMessage<?>> events(String aggregate, long first, int count, SplittableRandom random) {
        List<DomainEventMessage<?>> events = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            events.add(new GenericDomainEventMessage<>(
                    "TrainingSchool", aggregate, first + i, Added.random(random), METADATA));
        }
        return events;
    }

    static void fill(EventStorageEngine engine, String aggregate, int count) {
        SplittableRandom random = Randoms.one();
        for (int first = 0; first < count; first += 1_000) {
            engine.appendEvents(events(aggregate, first, Math.min(1_000, count - first), random));
        }
    }

    /** Axon has no tables for H2. Those for HSQLDB fit, but their BLOBs are slow there. */
    private static final class H2Tables extends HsqlEventTableFactory {
        @Override
        protected String payloadType() {
            return "VARBINARY(1048576)";
        }
    }
}
