package io.eventsourcing.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.eventsourcing.CurrentTenant;
import io.eventsourcing.EventSourcing;
import io.eventsourcing.spring.fixtures.Dog;
import io.eventsourcing.spring.fixtures.TrainingSchool;
import io.eventsourcing.store.EventStore;
import io.eventsourcing.store.ReadOptions;
import io.eventsourcing.store.RecordedEvent;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.NoUniqueBeanDefinitionException;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** One bean of an application serves all tenants. */
class CurrentTenantTest {

    private final ThreadLocal<String> current = new ThreadLocal<>();

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurationTest.OURS)
            .withPropertyValues("eventsourcing.persistence-module=memory")
            .withBean(TrainingSchool.class);

    @Test
    void applicationWorksForTheCurrentTenant() {
        runner.withBean(CurrentTenant.class, () -> current::get).run(context -> {
            TrainingSchool school = context.getBean(TrainingSchool.class);
            current.set("north");
            UUID fido = school.register("Fido");
            assertThat(school.repository().exists(Dog.class, fido)).isTrue();
            current.set("south");
            assertThat(school.repository().exists(Dog.class, fido)).isFalse();
            school.register("Rex");
            assertThat(context.getBean(EventStore.class)
                            .readAll(ReadOptions.forwards())
                            .toList())
                    .extracting(RecordedEvent::tenant)
                    .containsExactly("north", "south");
            assertThat(context.getBean(EventSourcing.class)
                            .forTenant("north")
                            .repository()
                            .exists(Dog.class, fido))
                    .isTrue();
        });
    }

    @Test
    void withoutATenantNothingIsDone() {
        runner.withBean(CurrentTenant.class, () -> current::get).run(context -> {
            assertThatIllegalStateException()
                    .isThrownBy(() -> context.getBean(TrainingSchool.class).register("Fido"))
                    .withMessageContaining("CurrentTenant");
            assertThat(context.getBean(EventStore.class).lastPosition()).isEmpty();
        });
    }

    @Test
    void ofTwoNoneIsSilentlyLeftOut() {
        runner.withBean("one", CurrentTenant.class, () -> current::get)
                .withBean("other", CurrentTenant.class, () -> current::get)
                .run(context ->
                        assertThat(context).getFailure().hasRootCauseInstanceOf(NoUniqueBeanDefinitionException.class));
    }
}
