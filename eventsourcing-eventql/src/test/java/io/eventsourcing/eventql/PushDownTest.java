package io.eventsourcing.eventql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.eventsourcing.jdbc.JdbcEventStore;
import io.eventsourcing.jdbc.SchemaInitialization;
import io.eventsourcing.memory.MemoryEventStore;
import io.eventsourcing.store.AllReader;
import io.eventsourcing.store.ConditionalAppender;
import io.eventsourcing.store.EventStore;
import io.eventsourcing.store.Tenants;
import io.eventsourcing.test.postgres.TestPostgres;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** What a store leaves out makes no difference to an answer. */
class PushDownTest {

    private static final int EVENTS = 150;
    private static final int QUERIES = 300;

    static Stream<Arguments> stores() {
        return Stream.of(
                arguments("memory", new MemoryEventStore()),
                arguments("H2", h2()),
                arguments("PostgreSQL", postgres()));
    }

    private static EventStore h2() {
        return open("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1", "sa", "");
    }

    private static EventStore postgres() {
        TestPostgres.Database database = TestPostgres.createDatabase();
        return open(database.jdbcUrl(), database.username(), database.password());
    }

    private static EventStore open(String url, String user, String password) {
        DriverManagerDataSource database = new DriverManagerDataSource(url, user, password);
        JdbcEventStore.builder(database)
                .initializeSchema(SchemaInitialization.ALWAYS)
                .open()
                .close();
        return JdbcEventStore.builder(new SingleConnectionDataSource(url, user, password, true))
                .open();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("stores")
    void agreesWithStreaming(String name, EventStore store) {
        RandomQueries random = new RandomQueries(42);
        for (int i = 0; i < EVENTS; i++) {
            Events.append(
                    store, random.one(RandomQueries.STREAMS), random.one(RandomQueries.TYPES), random.data(), i % 7);
        }
        int answered = 0;
        for (int i = 0; i < QUERIES; i++) {
            String query = random.query();
            List<String> streamed = rows(store::readAll, query);
            assertThat(rows(store, query)).as(query).isEqualTo(streamed);
            answered += streamed.isEmpty() ? 0 : 1;
        }
        assertThat(answered).as("queries that find something").isGreaterThan(QUERIES / 3);
        store.close();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("stores")
    void agreesWithStreamingWhereThereAreTenants(String name, EventStore whole) {
        EventStore tenant = whole.require(Tenants.class).forTenant("a");
        List<EventStore> stores =
                List.of(whole, tenant, whole.require(Tenants.class).forTenant("b"));
        RandomQueries random = new RandomQueries(43);
        for (int i = 0; i < EVENTS; i++) {
            String type = random.one(RandomQueries.TYPES);
            Events.append(stores.get(i % 3), random.one(RandomQueries.STREAMS), type, random.data(), i % 7);
        }
        for (int i = 0; i < QUERIES; i++) {
            String query = random.query();
            assertThat(rows(whole, query)).as(query).isEqualTo(rows(whole::readAll, query));
            assertThat(rows(tenant, query)).as(query).isEqualTo(rows(tenant::readAll, query));
        }
        String count = "FROM e IN events PROJECT INTO COUNT()";
        assertThat(EventQl.over(tenant).isTrue(count + " == " + EVENTS / 3)).isTrue();
        assertThat(EventQl.over(whole).isTrue(count + " == " + EVENTS)).isTrue();
        tenant.require(ConditionalAppender.class)
                .append(List.of(), List.of(EventQl.condition(count + " == " + EVENTS / 3)));
        whole.require(ConditionalAppender.class)
                .append(List.of(), List.of(EventQl.condition(count + " == " + EVENTS / 3))); // of the default tenant
        whole.close();
    }

    private static List<String> rows(AllReader reader, String query) {
        return EventQl.over(reader).query(query).stream().map(Object::toString).toList();
    }
}
