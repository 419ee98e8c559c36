package io.eventsourcing.weaving;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventsourcing.fixtures.ForkedJvm;
import java.net.URISyntaxException;
import java.nio.file.Path;
import net.bytebuddy.agent.ByteBuddyAgent;
import org.junit.jupiter.api.Test;

/** The ways to weave at run time, each in a JVM of its own. */
class WeavingDoorsTest {

    private static final String ATTACHED = "woven by an agent attached to this JVM";
    private static final String DYNAMICALLY = "loaded dynamically";

    static String agent() {
        try {
            return "-javaagent:"
                    + Path.of(ByteBuddyAgent.class
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    static void assertWorks(ForkedJvm.Result result) {
        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.out()).contains(Door.RECORDED, Door.LOADED);
    }

    static void assertRefused(ForkedJvm.Result result, String because) {
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.out()).doesNotContain("recorded");
        assertThat(result.err())
                .contains("AggregateDefinitionException: io.eventsourcing.fixtures.Dog isn't woven")
                .contains(because)
                .contains("byte-buddy-maven-plugin", "transform-test")
                .contains("-javaagent:byte-buddy-agent.jar")
                .contains("a JVM that may attach an agent");
    }

    @Test
    void withNothingGivenTheJvmAttachesAnAgentAndSaysWhatDoesWithout() {
        ForkedJvm.Result result = new ForkedJvm().run(Door.class.getName());

        assertWorks(result);
        assertThat(result.out())
                .contains(ATTACHED, "byte-buddy-maven-plugin", "-javaagent:byte-buddy-agent.jar")
                .containsOnlyOnce(ATTACHED);
    }

    @Test
    void agentOnTheCommandLineIsUsedWithoutAWarning() {
        ForkedJvm.Result result = new ForkedJvm().option(agent()).run(Door.class.getName());

        assertWorks(result);
        assertThat(result.out()).doesNotContain(ATTACHED);
        assertThat(result.err()).doesNotContain(DYNAMICALLY).isEmpty();
    }

    @Test
    void agentOnTheCommandLineIsUsedEvenIfNoneMayBeAttached() {
        assertWorks(new ForkedJvm()
                .option(agent())
                .option("-Deventsourcing.weaving=none")
                .option("-XX:+DisableAttachMechanism")
                .run(Door.class.getName()));
    }

    @Test
    void jvmThatForbidsAttachingFailsAtOnceAndNamesTheThreeWays() {
        assertRefused(
                new ForkedJvm().option("-XX:+DisableAttachMechanism").run(Door.class.getName()),
                "this JVM lets no agent attach itself");
    }

    @Test
    void settingThatForbidsAttachingFailsAtOnceAndNamesTheThreeWays() {
        ForkedJvm.Result result =
                new ForkedJvm().option("-Deventsourcing.weaving=none").run(Door.class.getName());

        assertRefused(result, "-Deventsourcing.weaving=none forbids attaching an agent");
        assertThat(result.err()).doesNotContain(DYNAMICALLY);
    }

    @Test
    void classesLoadedBeforeTheFirstAggregateAreWovenWithTheNamesOfTheirParameters() {
        assertThat(new ForkedJvm().run(EarlyDoor.class.getName()).out()).contains(EarlyDoor.EXPECTED);
        assertThat(new ForkedJvm()
                        .option(agent())
                        .run(EarlyDoor.class.getName())
                        .out())
                .contains(EarlyDoor.EXPECTED);
    }

    @Test
    void firstAggregateMayBeALoadedOne() {
        assertThat(new ForkedJvm().run(LoadingDoor.class.getName()).out()).contains(LoadingDoor.EXPECTED);
        assertThat(new ForkedJvm()
                        .option(agent())
                        .run(LoadingDoor.class.getName())
                        .out())
                .contains(LoadingDoor.EXPECTED);
    }

    @Test
    void manyThreadsMayMakeTheFirstAggregate() {
        assertThat(new ForkedJvm().run(CrowdedDoor.class.getName()).out()).contains(CrowdedDoor.EXPECTED);
    }
}
