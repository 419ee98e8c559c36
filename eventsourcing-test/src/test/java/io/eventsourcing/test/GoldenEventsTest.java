package io.eventsourcing.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GoldenEventsTest {

    @TempDir
    Path folder;

    private GoldenEvents golden() {
        return GoldenEvents.in(folder);
    }

    private void write(String name, String trick) {
        System.setProperty(GoldenEvents.WRITE, "true");
        try {
            golden().assertStoredAs(name, dog(trick));
        } finally {
            System.clearProperty(GoldenEvents.WRITE);
        }
    }

    private static Dog dog(String trick) {
        Dog dog = new Dog("Fido");
        dog.addTrick(trick);
        return dog;
    }

    @Test
    void whatIsStoredAsInTheFileIsRight() {
        write("dog", "sit");

        assertThatCode(() -> golden().assertStoredAs("dog", dog("sit"))).doesNotThrowAnyException();
        assertThat(golden().load("dog", Dog.class).version()).isEqualTo(2);
    }

    @Test
    void whatIsStoredOtherwiseIsShown() {
        write("dog", "sit");

        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> golden().assertStoredAs("dog", dog("roll")))
                .withMessageContainingAll("dog.events", "add an upcaster", "\"sit\"", "\"roll\"");
    }

    @Test
    void aFileThatIsThereIsNeverWrittenAgain() throws IOException {
        write("dog", "sit");
        String before = Files.readString(folder.resolve("dog.events"));

        assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> write("dog", "roll"));
        assertThat(folder.resolve("dog.events")).hasContent(before);
    }

    @Test
    void aMissingFileIsNamedWithTheCure() {
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> golden().assertStoredAs("dog", dog("sit")))
                .withMessageContainingAll("dog.events isn't there", "-Dgolden.write=true");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aFileThatLacksSomethingIsRefused() throws IOException {
        Files.writeString(folder.resolve("dog.events"), "stream=Dog-1\n");

        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> golden().load("dog", Dog.class))
                .withMessageContaining("has no id");
    }

    @Test
    void linesMayEndAsTheyDoOnWindows() throws IOException {
        write("dog", "sit");
        Path file = folder.resolve("dog.events");
        Files.writeString(file, Files.readString(file).replace("\n", "\r\n"));

        assertThatCode(() -> golden().assertStoredAs("dog", dog("sit"))).doesNotThrowAnyException();
    }
}
