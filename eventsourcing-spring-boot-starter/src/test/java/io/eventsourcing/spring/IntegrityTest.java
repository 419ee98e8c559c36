package io.eventsourcing.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventsourcing.integrity.Integrity;
import io.eventsourcing.integrity.Verification;
import io.eventsourcing.memory.MemorySeals;
import io.eventsourcing.spring.fixtures.ScribeModule;
import io.eventsourcing.spring.fixtures.TrainingSchool;
import io.eventsourcing.store.EventStore;
import io.eventsourcing.store.Seals;
import io.eventsourcing.store.SealsSource;
import io.eventsourcing.test.conformance.IntegrityConformance;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;

/** Seals of an application that Spring puts together. */
@ExtendWith(OutputCaptureExtension.class)
class IntegrityTest {

    private static final String SIGNING_KEY = IntegrityConformance.SIGNING_KEY.replace("\n", " ");
    private static final String VERIFICATION_KEY = IntegrityConformance.VERIFICATION_KEY.replace("\n", " ");
    private static final String KEY_ID = "21fe31dfa154a261626bf854046fd227";

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurationTest.OURS)
            .withConfiguration(AutoConfigurations.of(IntegrityAutoConfiguration.class))
            .withPropertyValues("eventsourcing.persistence-module=memory")
            .withBean(TrainingSchool.class);

    private final ApplicationContextRunner enabled = runner.withPropertyValues("eventsourcing.integrity.enabled=true");

    private static Seals seals(ApplicationContext context) {
        return ((SealsSource) context.getBean(EventStore.class)).seals();
    }

    private static boolean isSealedInTime(Seals seals) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (seals.last().isEmpty() && System.nanoTime() < end) {
            LockSupport.parkNanos(1_000_000);
        }
        return seals.last().isPresent();
    }

    @Test
    void nothingIsSealedUnlessItIsAskedFor() {
        runner.run(context -> assertThat(context)
                .doesNotHaveBean(Integrity.class)
                .doesNotHaveBean(ContinuousSealing.class)
                .hasNotFailed());
    }

    @Test
    void eventsAreSealedAsTheyCome() {
        enabled.run(context -> {
            context.getBean(TrainingSchool.class).register("Fido");
            assertThat(isSealedInTime(seals(context))).isTrue();
            Verification found = context.getBean(Integrity.class).verifyAll();
            assertThat(found.verified()).isEqualTo(1);
            assertThat(found.last().orElseThrow().signature()).isEmpty();
            context.getBean(ContinuousSealing.class).close();
            assertThat(context.getBean(ContinuousSealing.class).subscription().isRunning())
                    .isFalse();
        });
    }

    @Test
    void sealingCanBeLeftToTheApplication() {
        enabled.withPropertyValues("eventsourcing.integrity.seal-continuously=false")
                .run(context -> {
                    context.getBean(TrainingSchool.class).register("Fido");
                    assertThat(context).doesNotHaveBean(ContinuousSealing.class);
                    assertThat(context.getBean(Integrity.class).seal()).isEqualTo(1);
                });
    }

    @Test
    void sealsAreSignedWithTheKeyOfTheProperties(CapturedOutput output) {
        enabled.withPropertyValues(
                        "logging.level.root=trace",
                        "eventsourcing.integrity.signing-key=" + SIGNING_KEY,
                        "eventsourcing.integrity.verification-keys=" + VERIFICATION_KEY)
                .run(context -> {
                    context.getBean(TrainingSchool.class).register("Fido");
                    assertThat(isSealedInTime(seals(context))).isTrue();
                    assertThat(seals(context).last().orElseThrow().signature())
                            .hasValueSatisfying(
                                    signature -> assertThat(signature.keyId()).isEqualTo(KEY_ID));
                    assertThat(context.getBean(IntegrityProperties.class).toString())
                            .doesNotContain("PRIVATE");
                });
        assertThat(output).doesNotContain(SIGNING_KEY.split(" ")[3]);
    }

    @Test
    void theShorterNamesWork() {
        enabled.withPropertyValues(
                        "INTEGRITY_SIGNING_KEY=" + SIGNING_KEY, "INTEGRITY_VERIFICATION_KEYS=" + VERIFICATION_KEY)
                .run(context -> {
                    context.getBean(TrainingSchool.class).register("Fido");
                    assertThat(isSealedInTime(seals(context))).isTrue();
                    assertThat(seals(context).last().orElseThrow().signature()).isPresent();
                });
    }

    @Test
    void aWrongKeyKeepsTheApplicationFromStartingAndIsNotShown(CapturedOutput output) {
        enabled.withPropertyValues("eventsourcing.integrity.signing-key=kanarienvogel")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessageContaining("eventsourcing.integrity.verification-keys"));
        enabled.withPropertyValues(
                        "eventsourcing.integrity.signing-key=kanarienvogel",
                        "eventsourcing.integrity.verification-keys=" + VERIFICATION_KEY)
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessageContaining("eventsourcing.integrity.signing-key"));
        assertThat(output).doesNotContain("kanarienvogel");
    }

    @Test
    void sealsCanBeKeptElsewhere() {
        MemorySeals elsewhere = new MemorySeals();
        enabled.withBean(Seals.class, () -> elsewhere).run(context -> {
            context.getBean(TrainingSchool.class).register("Fido");
            assertThat(isSealedInTime(elsewhere)).isTrue();
            assertThat(seals(context).last()).isEmpty();
        });
    }

    @Test
    void aStoreThatKeepsNoSealsIsRefusedByName() {
        enabled.withBean(ScribeModule.class, () -> new ScribeModule("scribe"))
                .withPropertyValues("eventsourcing.persistence-module=scribe")
                .run(context -> assertThat(context).getFailure().rootCause().hasMessageContaining("SealsSource"));
    }
}
