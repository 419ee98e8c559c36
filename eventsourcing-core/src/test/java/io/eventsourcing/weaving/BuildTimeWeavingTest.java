package io.eventsourcing.weaving;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventsourcing.fixtures.Dog;
import io.eventsourcing.fixtures.ForkedJvm;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import net.bytebuddy.build.Plugin;
import net.bytebuddy.dynamic.ClassFileLocator;
import org.assertj.core.api.Condition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Weaving as the build does it: from one folder of classes to another. */
class BuildTimeWeavingTest {

    private static final String DOG = classFile(Dog.class);

    @TempDir
    Path folder;

    private Path compiled;
    private Path woven;

    @BeforeEach
    void copyClasses() throws IOException {
        compiled = Files.createDirectory(folder.resolve("compiled"));
        woven = Files.createDirectory(folder.resolve("woven"));
        copy(Dog.class);
        copy(ForkedJvm.class);
    }

    private static String classFile(Class<?> type) {
        return type.getName().replace('.', '/') + ".class";
    }

    private void copy(Class<?> type) throws IOException {
        Path file = compiled.resolve(classFile(type));
        Files.createDirectories(file.getParent());
        try (InputStream bytes = type.getClassLoader().getResourceAsStream(classFile(type))) {
            Files.copy(bytes, file);
        }
    }

    private static void weave(Path source, Path target) throws IOException {
        new Plugin.Engine.Default()
                .with(ClassFileLocator.ForClassLoader.of(BuildTimeWeavingTest.class.getClassLoader()))
                .apply(source.toFile(), target.toFile(), new Plugin.Factory.Simple(new WeavingPlugin(target.toFile())));
    }

    private ForkedJvm jvm() {
        return new ForkedJvm().classesFrom(woven);
    }

    @Test
    void wovenClassesNeedNoAgent() throws IOException {
        weave(compiled, woven);

        ForkedJvm.Result result = jvm().option("-XX:+DisableAttachMechanism")
                .option("-Deventsourcing.weaving=none")
                .run(Door.class.getName());

        WeavingDoorsTest.assertWorks(result);
        assertThat(result.err()).isEmpty();
    }

    @Test
    void wovenClassesMakeTheJvmAttachNoAgent() throws IOException {
        weave(compiled, woven);

        ForkedJvm.Result result = jvm().run(Door.class.getName());

        WeavingDoorsTest.assertWorks(result);
        assertThat(result.err()).isEmpty();
        assertThat(result.out()).doesNotContain("agent");
    }

    @Test
    void wovenClassesMayMeetAnAgentAllTheSame() throws IOException {
        weave(compiled, woven);

        WeavingDoorsTest.assertWorks(jvm().option(WeavingDoorsTest.agent()).run(Door.class.getName()));
        WeavingDoorsTest.assertWorks(
                jvm().option("-Deventsourcing.weaving=attach").run(Door.class.getName()));
    }

    @Test
    void weavingTwiceChangesNothing() throws IOException {
        weave(compiled, woven);
        Path again = Files.createDirectory(folder.resolve("again"));
        weave(woven, again);

        assertThat(again.resolve(DOG)).hasSameBinaryContentAs(woven.resolve(DOG));
        assertThat(compiled.resolve(DOG)).doesNotHave(sameBytes(woven.resolve(DOG)));
        woven = again;
        ForkedJvm.Result result = jvm().option("-Deventsourcing.weaving=none").run(Door.class.getName());
        WeavingDoorsTest.assertWorks(result);
    }

    private static Condition<Path> sameBytes(Path other) {
        return new Condition<>(
                file -> {
                    try {
                        return Files.mismatch(file, other) == -1;
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                },
                "the same bytes as %s",
                other);
    }

    @Test
    void onlyAggregatesAreChanged() throws IOException {
        weave(compiled, woven);

        String other = classFile(ForkedJvm.class);
        assertThat(woven.resolve(other)).hasSameBinaryContentAs(compiled.resolve(other));
    }

    @Test
    void folderWithoutAggregatesGetsNoMark() throws IOException {
        Files.delete(compiled.resolve(DOG));
        weave(compiled, woven);

        assertThat(woven.resolve(Weaver.BUILD_MARK)).doesNotExist();
    }

    @Test
    void classThatTheBuildHasLeftOutIsRefusedOrWovenByTheAgentAskedFor() throws IOException {
        weave(compiled, woven);
        Files.copy(compiled.resolve(DOG), woven.resolve(DOG), StandardCopyOption.REPLACE_EXISTING);

        WeavingDoorsTest.assertRefused(
                jvm().run(Door.class.getName()), "other classes were woven at build time, so no agent was attached");
        WeavingDoorsTest.assertWorks(
                jvm().option("-Deventsourcing.weaving=attach").run(Door.class.getName()));
    }

    @Test
    void pluginIsFoundByByteBuddysBuildPlugins() throws Exception {
        try (InputStream list = WeavingPlugin.class.getResourceAsStream("/META-INF/net.bytebuddy/build.plugins")) {
            String name = new String(list.readAllBytes(), StandardCharsets.UTF_8).strip();
            assertThat(Class.forName(name)).isEqualTo(WeavingPlugin.class).isAssignableTo(Plugin.class);
        }
    }
}
