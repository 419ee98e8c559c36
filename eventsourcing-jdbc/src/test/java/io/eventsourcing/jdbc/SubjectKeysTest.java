package io.eventsourcing.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.zaxxer.hikari.HikariDataSource;
import io.eventsourcing.Aggregate;
import io.eventsourcing.AggregateConflictException;
import io.eventsourcing.AggregateName;
import io.eventsourcing.Event;
import io.eventsourcing.EventSourcing;
import io.eventsourcing.Personal;
import io.eventsourcing.mapping.CipherKeys;
import io.eventsourcing.store.ReadOptions;
import io.eventsourcing.store.RecordedEvent;
import io.eventsourcing.store.SubjectKey;
import io.eventsourcing.store.SubjectKeys;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class SubjectKeysTest {

    private static final CipherKeys KEYS = CipherKeys.of("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=");

    @AggregateName("Customer")
    static class Customer extends Aggregate {
        private String name;

        @Event("Registered")
        Customer(@Personal String name) {
            this.name = name;
        }

        @Event("Renamed")
        void rename(@Personal String name) {
            this.name = name;
        }
    }

    private HikariDataSource pool;
    private TransactionTemplate transaction;
    private JdbcEventStore store;

    private SubjectKeys open(Vendor vendor) {
        Databases.Coordinates database = vendor == Vendor.H2 ? Databases.newH2InMemory() : Databases.newPostgres();
        pool = database.pool();
        JdbcTransactionManager manager = new JdbcTransactionManager(pool);
        transaction = new TransactionTemplate(manager);
        store = JdbcEventStore.builder(pool)
                .transactionManager(manager)
                .initializeSchema(SchemaInitialization.ALWAYS)
                .open();
        return store.subjectKeys();
    }

    @AfterEach
    void close() {
        store.close();
        pool.close();
    }

    private static SubjectKey candidate() {
        return new SubjectKey(UUID.randomUUID(), new byte[] {1, 0, -1});
    }

    @ParameterizedTest
    @EnumSource(Vendor.class)
    void theFirstKeyStays(Vendor vendor) {
        SubjectKeys keys = open(vendor);
        SubjectKey first = keys.getOrAdd("ann", candidate());

        assertThat(keys.getOrAdd("ann", candidate())).isEqualTo(first);
        assertThat(keys.getOrAdd("Ann", candidate())).isNotEqualTo(first);
        assertThat(keys.find(first.id()))
                .get()
                .satisfies(key -> assertThat(key.wrapped()).isEqualTo(new byte[] {1, 0, -1}));
        assertThat(keys.find(UUID.randomUUID())).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Vendor.class)
    void aForgottenKeyIsGoneAndItsSubjectMayGetAnother(Vendor vendor) {
        SubjectKeys keys = open(vendor);
        SubjectKey first = keys.getOrAdd("ann", candidate());
        SubjectKey other = keys.getOrAdd("bob", candidate());
        keys.forget("ann");
        keys.forget("ann");
        keys.forget("nobody");

        assertThat(keys.find(first.id())).isEmpty();
        assertThat(keys.find(other.id())).isPresent();
        assertThat(keys.getOrAdd("ann", candidate())).isNotEqualTo(first);
        assertThat(keys.find(first.id())).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Vendor.class)
    void ofManyAtTheSameTimeOneWins(Vendor vendor) throws Exception {
        SubjectKeys keys = open(vendor);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Callable<SubjectKey>> tries = IntStream.range(0, 40)
                    .mapToObj(i -> (Callable<SubjectKey>) () -> keys.getOrAdd("s" + i / 8, candidate()))
                    .toList();
            List<Future<SubjectKey>> results = threads.invokeAll(tries);
            for (int i = 0; i < results.size(); i++) {
                assertThat(results.get(i).get()).isEqualTo(keys.getOrAdd("s" + i / 8, candidate()));
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @ParameterizedTest
    @EnumSource(Vendor.class)
    void aRollbackLosesNoKeyAndBringsNoneBack(Vendor vendor) {
        SubjectKeys keys = open(vendor);
        SubjectKey bobs = keys.getOrAdd("bob", candidate());
        SubjectKey anns = candidate();
        transaction.executeWithoutResult(status -> {
            keys.getOrAdd("ann", anns);
            keys.forget("bob");
            status.setRollbackOnly();
        });

        assertThat(keys.find(anns.id())).contains(anns);
        assertThat(keys.find(bobs.id())).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Vendor.class)
    void whatIsSavedAgainAfterARollbackCanBeRead(Vendor vendor) {
        open(vendor);
        EventSourcing eventSourcing =
                EventSourcing.builder(store).cipherKeys(KEYS).build();
        Customer bob = new Customer("Bob");
        Customer stale = new Customer("Ann");
        eventSourcing.save(stale);
        eventSourcing.repository().update(Customer.class, stale.id(), ann -> ann.rename("Anna"));
        stale.rename("Annie");
        transaction.executeWithoutResult(status -> {
            assertThatExceptionOfType(AggregateConflictException.class)
                    .isThrownBy(() -> eventSourcing.save(bob, stale));
            status.setRollbackOnly();
        });
        eventSourcing.save(bob);

        assertThat(eventSourcing.repository().get(Customer.class, bob.id()).name)
                .isEqualTo("Bob");
    }

    @ParameterizedTest
    @EnumSource(Vendor.class)
    void aForgottenCustomerIsReadWithoutWhatIsPersonalAndTheBytesStay(Vendor vendor) {
        open(vendor);
        EventSourcing eventSourcing =
                EventSourcing.builder(store).cipherKeys(KEYS).build();
        Customer customer = new Customer("Ann");
        eventSourcing.save(customer);
        List<byte[]> before = data();
        eventSourcing.forget(customer.id().toString());

        Customer forgotten = eventSourcing.repository().get(Customer.class, customer.id());
        assertThat(forgotten.name).isNull();
        forgotten.rename("Anna");
        eventSourcing.save(forgotten);
        assertThat(eventSourcing.repository().get(Customer.class, customer.id()).name)
                .isEqualTo("Anna");
        assertThat(data()).startsWith(before.toArray(byte[][]::new));
        assertThat(new JdbcTemplate(pool).queryForObject("SELECT COUNT(*) FROM es_subject_keys", Integer.class))
                .isEqualTo(1);
    }

    private List<byte[]> data() {
        return store.readAll(ReadOptions.forwards()).stream()
                .map(RecordedEvent::data)
                .toList();
    }

    @ParameterizedTest
    @EnumSource(Vendor.class)
    void anotherStoreCanKeepItsKeysHere(Vendor vendor) {
        SubjectKeys keys = open(vendor);
        SubjectKey first = keys.getOrAdd("ann", candidate());

        assertThat(JdbcSubjectKeys.open(pool, SchemaInitialization.NEVER).find(first.id()))
                .contains(first);
    }
}
