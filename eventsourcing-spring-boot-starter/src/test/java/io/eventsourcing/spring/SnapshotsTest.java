package io.eventsourcing.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventsourcing.EventSourcing;
import io.eventsourcing.snapshot.SnapshotOptions;
import io.eventsourcing.snapshot.SnapshotPolicy;
import io.eventsourcing.spring.fixtures.Dog;
import io.eventsourcing.spring.fixtures.TrainingSchool;
import io.eventsourcing.store.EventStore;
import io.eventsourcing.store.Snapshot;
import io.eventsourcing.store.SnapshotName;
import io.eventsourcing.store.SnapshotSource;
import io.eventsourcing.store.StreamName;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.transaction.support.TransactionTemplate;

/** Snapshots and the cache of an application that Spring puts together. */
class SnapshotsTest {

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurationTest.OURS)
            .withConfiguration(AutoConfigurationTest.DATABASE)
            .withConfiguration(AutoConfigurations.of(TransactionAutoConfiguration.class))
            .withPropertyValues(
                    "eventsourcing.persistence-module=jdbc", "spring.datasource.url=jdbc:h2:mem:" + UUID.randomUUID())
            .withBean(TrainingSchool.class);

    private static Optional<Long> latest(ApplicationContext context, UUID id) {
        context.getBean(EventSourcing.class).awaitSnapshots();
        return context.getBean(EventStore.class)
                .require(SnapshotSource.class)
                .snapshots()
                .latest(SnapshotName.ofStream(StreamName.of("Dog", id)))
                .map(Snapshot::position);
    }

    private static UUID dogOfThreeEvents(ApplicationContext context) {
        TrainingSchool school = context.getBean(TrainingSchool.class);
        EventSourcing eventSourcing = context.getBean(EventSourcing.class);
        UUID id = school.register("Fido");
        eventSourcing.awaitSnapshots(); // else the next load may not find one that has just been taken
        school.addTrick(id, "sit");
        eventSourcing.awaitSnapshots();
        school.addTrick(id, "roll");
        return id;
    }

    @Test
    void noneAreTakenIfNothingIsSaid() {
        runner.run(context ->
                assertThat(latest(context, dogOfThreeEvents(context))).isEmpty());
    }

    @Test
    void theyAreTakenAsThePropertiesSay() {
        runner.withPropertyValues("eventsourcing.snapshots.every=2").run(context -> {
            UUID id = dogOfThreeEvents(context);
            assertThat(latest(context, id)).contains(1L);
            assertThat(context.getBean(TrainingSchool.class).tricks(id)).containsExactly("sit", "roll");
            assertThat(context.getBean(EventSourcing.class).snapshotStatistics().used())
                    .isPositive();
        });
        runner.withPropertyValues("eventsourcing.snapshots.after=1ns")
                .run(context ->
                        assertThat(latest(context, dogOfThreeEvents(context))).isPresent());
        runner.withPropertyValues("SNAPSHOTS_EVERY=3")
                .run(context ->
                        assertThat(latest(context, dogOfThreeEvents(context))).contains(2L));
        runner.withPropertyValues("eventsourcing.snapshots.every=2", "eventsourcing.snapshots.enabled=false")
                .run(context ->
                        assertThat(latest(context, dogOfThreeEvents(context))).isEmpty());
    }

    @Test
    void takingOneByHandNeedsNoMoreThanThatTheyAreEnabled() {
        runner.withPropertyValues("eventsourcing.snapshots.enabled=true").run(context -> {
            UUID id = dogOfThreeEvents(context);
            assertThat(latest(context, id)).isEmpty();
            context.getBean(EventSourcing.class).repository().takeSnapshot(Dog.class, id);
            assertThat(latest(context, id)).contains(2L);
        });
    }

    /** One that needed a connection while the transaction holds the only one would wait for itself. */
    @Test
    void inATransactionTheyAreTakenBehindTheCommitAndNeedNoSecondConnection() {
        runner.withPropertyValues(
                        "eventsourcing.snapshots.every=1",
                        "spring.datasource.hikari.maximum-pool-size=1",
                        "spring.datasource.hikari.connection-timeout=30000")
                .run(context -> {
                    TransactionTemplate transaction = context.getBean(TransactionTemplate.class);
                    UUID kept = transaction.execute(status -> dogOfThreeEvents(context));
                    UUID lost = transaction.execute(status -> {
                        status.setRollbackOnly();
                        return dogOfThreeEvents(context);
                    });
                    assertThat(latest(context, kept)).contains(2L);
                    assertThat(latest(context, lost)).isEmpty();
                    assertThat(context.getBean(EventSourcing.class)
                                    .snapshotStatistics()
                                    .failed())
                            .isZero();
                });
    }

    @Test
    void aBeanWinsOverTheProperties() {
        runner.withPropertyValues("eventsourcing.snapshots.every=100")
                .withBean(
                        SnapshotOptions.class,
                        () -> SnapshotOptions.of(SnapshotPolicy.every(1))
                                .keeping(5)
                                .writtenBy(Runnable::run))
                .run(context ->
                        assertThat(latest(context, dogOfThreeEvents(context))).contains(2L));
    }

    @Test
    void aRepositoryKeepsAsManyAggregatesAsThePropertySays() {
        runner.withPropertyValues("eventsourcing.repository.cache-size=10").run(context -> {
            TrainingSchool school = context.getBean(TrainingSchool.class);
            UUID id = dogOfThreeEvents(context);
            for (int i = 0; i < 20; i++) {
                school.addTrick(id, "trick " + i);
            }
            assertThat(school.tricks(id)).hasSize(22);
            assertThat(context.getBean(EventSourcing.class).snapshotStatistics().used())
                    .isPositive();
        });
    }

    @ParameterizedTest
    @CsvSource({
        "eventsourcing.snapshots.every,0",
        "eventsourcing.snapshots.kept,0",
        "eventsourcing.repository.cache-size,-1",
    })
    void aWrongPropertyIsNamed(String property, String value) {
        runner.withPropertyValues("eventsourcing.snapshots.enabled=true", property + "=" + value)
                .run(context -> assertThat(context).getFailure().rootCause().hasMessageContaining(property));
    }
}
