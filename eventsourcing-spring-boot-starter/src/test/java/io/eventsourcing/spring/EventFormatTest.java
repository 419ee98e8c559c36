package io.eventsourcing.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.eventsourcing.Aggregate;
import io.eventsourcing.AggregateName;
import io.eventsourcing.Event;
import io.eventsourcing.EventSourcing;
import io.eventsourcing.Personal;
import io.eventsourcing.mapping.EventMappingException;
import io.eventsourcing.mapping.PayloadValidator;
import io.eventsourcing.mapping.Upcaster;
import io.eventsourcing.mapping.UpcasterException;
import io.eventsourcing.memory.MemorySubjectKeys;
import io.eventsourcing.spring.fixtures.TrainingSchool;
import io.eventsourcing.store.EventStore;
import io.eventsourcing.store.ReadOptions;
import io.eventsourcing.store.RecordedEvent;
import io.eventsourcing.store.SubjectKey;
import io.eventsourcing.store.SubjectKeys;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;

/** Upcasters, encryption and compression of an application that Spring puts together. */
@ExtendWith(OutputCaptureExtension.class)
class EventFormatTest {

    private static final String KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
    private static final String OTHER_KEY = "HwECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
    private static final String CANARY = "kanarienvogel";

    @AggregateName("Customer")
    static class Customer extends Aggregate {
        private final String name;

        @Event("Registered")
        Customer(@Personal String name) {
            this.name = name;
        }
    }

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurationTest.OURS)
            .withPropertyValues("eventsourcing.persistence-module=memory")
            .withBean(TrainingSchool.class);

    private static RecordedEvent registration(ApplicationContext context, String name) {
        UUID id = context.getBean(TrainingSchool.class).register(name);
        assertThat(context.getBean(TrainingSchool.class).tricks(id)).isEmpty();
        return context.getBean(EventStore.class)
                .readAll(ReadOptions.forwards())
                .toList()
                .get(0);
    }

    private static String text(RecordedEvent event) {
        return new String(event.data(), StandardCharsets.ISO_8859_1);
    }

    @Test
    void payloadsAreEncryptedWithTheKeyOfTheProperty() {
        runner.withPropertyValues("eventsourcing.cipher-key=" + KEY)
                .run(context -> assertThat(text(registration(context, CANARY)))
                        .startsWith("\1ESA")
                        .doesNotContain(CANARY));
    }

    @Test
    void theShorterNamesWorkAndTheLongerOnesWin() {
        String[] ids = new String[2];
        runner.withPropertyValues("CIPHER_KEY=" + KEY)
                .run(context -> ids[0] = text(registration(context, CANARY)).substring(5, 21));
        runner.withPropertyValues("CIPHER_KEY=" + KEY, "eventsourcing.cipher-key=" + OTHER_KEY)
                .run(context -> ids[1] = text(registration(context, CANARY)).substring(5, 21));

        assertThat(ids[0]).matches("[0-9a-f]{16}").isNotEqualTo(ids[1]);
        runner.withPropertyValues("COMPRESSOR=zstd", "eventsourcing.compressor=none")
                .run(context -> assertThat(text(registration(context, CANARY.repeat(20))))
                        .startsWith("{"));
    }

    @Test
    void payloadsAreCompressedAsThePropertySays() {
        runner.withPropertyValues("eventsourcing.compressor=ZSTD")
                .run(context -> assertThat(text(registration(context, CANARY.repeat(20))))
                        .startsWith("\1ESZ"));
    }

    @Test
    void payloadsAreValidatedByTheBean() {
        runner.withBean(PayloadValidator.class, () -> (type, revision, json) -> {
                    throw new EventMappingException(type + " is refused", null);
                })
                .run(context -> assertThat(catchThrowable(() -> registration(context, CANARY)))
                        .isInstanceOf(EventMappingException.class)
                        .hasMessageEndingWith(".Registered is refused"));
    }

    @Test
    void aWrongKeyKeepsTheApplicationFromStartingAndIsNotShown(CapturedOutput output) {
        runner.withPropertyValues("eventsourcing.cipher-key=" + CANARY)
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessageContaining("eventsourcing.cipher-key")
                        .hasMessageContaining("256 bits"));
        runner.withPropertyValues("logging.level.root=trace", "eventsourcing.cipher-key=" + KEY)
                .run(context -> {
                    registration(context, CANARY);
                    assertThat(context.getBean(EventSourcingProperties.class).toString())
                            .doesNotContain(KEY);
                });
        assertThat(output).doesNotContain(CANARY).doesNotContain(KEY);
    }

    @Test
    void beansAreUpcasters() {
        runner.withBean(
                        "one",
                        Upcaster.class,
                        () -> Upcaster.from("Cat.Born", 1).rename("Cat.Made"))
                .withBean(
                        "other",
                        Upcaster.class,
                        () -> Upcaster.from("Cat.Made", 1).drop())
                .run(context -> assertThat(context).hasNotFailed());
        runner.withBean(
                        "one",
                        Upcaster.class,
                        () -> Upcaster.from("Cat.Born", 1).drop())
                .withBean(
                        "other",
                        Upcaster.class,
                        () -> Upcaster.from("Cat.Born", 1).drop())
                .run(context -> assertThat(context).getFailure().hasRootCauseInstanceOf(UpcasterException.class));
    }

    @Test
    void aBeanKeepsTheKeysOfSubjects() {
        WatchedKeys keys = new WatchedKeys();
        runner.withPropertyValues("eventsourcing.cipher-key=" + KEY)
                .withBean("keys", SubjectKeys.class, () -> keys)
                .run(context -> {
                    EventSourcing eventSourcing = context.getBean(EventSourcing.class);
                    Customer customer = new Customer("Ann");
                    eventSourcing.save(customer);
                    assertThat(keys.added).isEqualTo(1);
                    eventSourcing.forget(customer.id().toString());
                    assertThat(eventSourcing.repository().get(Customer.class, customer.id()).name)
                            .isNull();
                });
    }

    private static class WatchedKeys implements SubjectKeys {
        private final MemorySubjectKeys memory = new MemorySubjectKeys();
        int added;

        @Override
        public SubjectKey getOrAdd(String subject, SubjectKey candidate) {
            added++;
            return memory.getOrAdd(subject, candidate);
        }

        @Override
        public Optional<SubjectKey> find(UUID id) {
            return memory.find(id);
        }

        @Override
        public void forget(String subject) {
            memory.forget(subject);
        }
    }

    @Test
    void withoutAKeyPersonalDataIsRefused() {
        runner.run(context -> assertThat(catchThrowable(
                        () -> context.getBean(EventSourcing.class).save(new Customer("Ann"))))
                .isInstanceOf(EventMappingException.class)
                .hasMessageContaining("eventsourcing.cipher-key"));
    }
}
