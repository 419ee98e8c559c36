package io.eventsourcing.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventsourcing.AggregateConflictException;
import io.eventsourcing.Application;
import io.eventsourcing.EventSourcing;
import io.eventsourcing.mapping.Metadata;
import io.eventsourcing.spring.fixtures.Dog;
import io.eventsourcing.test.postgres.TestPostgres;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.aop.support.AopUtils;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/** Applications whose methods are transactions, so that Spring puts a proxy before them. */
class TransactionalApplicationTest {

    static class Kennel extends Application {

        private final JdbcTemplate jdbc;

        Kennel(JdbcTemplate jdbc) {
            this.jdbc = jdbc;
        }

        @Transactional
        public UUID register(String name) {
            Dog dog = new Dog(name);
            save(dog);
            jdbc.update("INSERT INTO kennel VALUES (?)", dog.id().toString());
            return dog.id();
        }

        @Transactional
        public void registerAndFail(Dog dog) {
            save(dog);
            jdbc.update("INSERT INTO kennel VALUES (?)", dog.id().toString());
            throw new IllegalStateException("after everything was written");
        }

        /** Somebody else always comes first. */
        @Transactional
        public void updateAgainstARival(UUID id, Runnable rival) {
            repository().update(Dog.class, id, dog -> {
                rival.run();
                dog.addTrick("lost");
            });
        }

        @Transactional(propagation = Propagation.REQUIRES_NEW)
        public void addTrickApart(UUID id, String trick) {
            repository().update(Dog.class, id, dog -> dog.addTrick(trick));
        }
    }

    abstract static class Contract {

        private ConfigurableApplicationContext context;
        private Kennel kennel;
        private JdbcTemplate jdbc;
        private EventSourcing eventSourcing;

        abstract Program on(Program program);

        @BeforeAll
        void start() {
            context = on(Program.narrow(Kennel.class).property("eventsourcing.jdbc.initialize-schema=always"))
                    .start();
            kennel = context.getBean(Kennel.class);
            jdbc = context.getBean(JdbcTemplate.class);
            eventSourcing = context.getBean(EventSourcing.class);
            jdbc.execute("CREATE TABLE kennel (dog VARCHAR(100))");
        }

        @AfterAll
        void stop() {
            context.close();
        }

        private long rows(UUID id) {
            return jdbc.queryForObject("SELECT COUNT(*) FROM kennel WHERE dog = ?", Long.class, id.toString());
        }

        @Test
        void whatTheBaseClassOffersWorksThroughTheProxy() {
            assertThat(AopUtils.isCglibProxy(kennel)).isTrue();
            assertThat(kennel.name()).isEqualTo("Kennel");
            assertThat(kennel.repository()).isSameAs(eventSourcing.repository());
            Dog dog = new Dog("Fido");
            assertThat(kennel.save(dog).commitPosition()).isPositive();
            dog.addTrick("sit");
            assertThat(kennel.save(Metadata.ofCorrelationId("42"), dog).isEmpty())
                    .isFalse();
            assertThat(kennel.repository().get(Dog.class, dog.id()).tricks()).containsExactly("sit");
        }

        @Test
        void eventsAndRowsAreCommittedTogether() {
            UUID fido = kennel.register("Fido");
            assertThat(rows(fido)).isEqualTo(1);
            assertThat(eventSourcing.repository().exists(Dog.class, fido)).isTrue();
        }

        @Test
        void eventsAndRowsAreRolledBackTogether() {
            Dog fido = new Dog("Fido");
            assertThatThrownBy(() -> kennel.registerAndFail(fido)).hasMessageContaining("after everything");
            assertThat(rows(fido.id())).isZero();
            assertThat(eventSourcing.repository().exists(Dog.class, fido.id())).isFalse();
        }

        @Test
        void severalApplicationsMethodsCanBeOneTransaction() {
            TransactionTemplate transaction = context.getBean(TransactionTemplate.class);
            UUID[] fido = new UUID[1];
            transaction.executeWithoutResult(status -> {
                fido[0] = kennel.register("Fido");
                assertThat(kennel.repository().exists(Dog.class, fido[0])).isTrue();
                status.setRollbackOnly();
            });
            assertThat(rows(fido[0])).isZero();
            assertThat(eventSourcing.repository().exists(Dog.class, fido[0])).isFalse();
        }

        @Test
        void anUpdateIsNotRepeatedInsideATransaction() {
            UUID fido = kennel.register("Fido");
            AtomicInteger tries = new AtomicInteger();
            assertThatThrownBy(() -> kennel.updateAgainstARival(fido, () -> {
                        tries.incrementAndGet();
                        kennel.addTrickApart(fido, "rival");
                    }))
                    .isInstanceOf(AggregateConflictException.class);
            assertThat(tries).hasValue(1);
            assertThat(eventSourcing.repository().get(Dog.class, fido).tricks()).containsExactly("rival");
        }

        @Test
        void anUpdateIsRepeatedOutsideOfOne() {
            UUID fido = kennel.register("Fido");
            AtomicInteger tries = new AtomicInteger();
            kennel.repository().update(Dog.class, fido, dog -> {
                if (tries.incrementAndGet() == 1) {
                    kennel.addTrickApart(fido, "rival");
                }
                dog.addTrick("won");
            });
            assertThat(tries).hasValue(2);
            assertThat(eventSourcing.repository().get(Dog.class, fido).tricks()).containsExactly("rival", "won");
        }
    }

    @Nested
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    class OnH2 extends Contract {
        @Override
        Program on(Program program) {
            return program;
        }
    }

    @Nested
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    class OnPostgres extends Contract {
        @Override
        Program on(Program program) {
            TestPostgres.Database database = TestPostgres.createDatabase();
            return program.property("spring.datasource.url=" + database.jdbcUrl())
                    .property("spring.datasource.username=" + database.username())
                    .property("spring.datasource.password=" + database.password());
        }
    }
}
