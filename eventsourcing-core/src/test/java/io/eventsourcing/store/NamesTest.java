package io.eventsourcing.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {

    private static NewEvent event(String type) {
        return new NewEvent(UUID.randomUUID(), type, new byte[0], new byte[0], Instant.now());
    }

    @ParameterizedTest
    @ValueSource(strings = {"\ud83d", "\udc36", "Dog\ud83d", "\udc36\ud83d", "Dog\u0000", "Dog\n", "Dog\u0085"})
    void whatSomeStoreWouldChangeIsNoName(String text) {
        assertThatThrownBy(() -> StreamName.of(text)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> event(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\ud83d\udc36", "Dog-\ud83d\udc36\ud83d\udc36-1", "Köter", "狗", "a b"})
    void whatEveryStoreKeepsIsOne(String text) {
        assertThat(StreamName.of(text).value()).isEqualTo(text);
        assertThat(event(text).type()).isEqualTo(text);
    }

    @Test
    void aStreamNameIsCountedInBytes() {
        assertThat(StreamName.of("狗".repeat(66)).value()).hasSize(66);
        assertThatThrownBy(() -> StreamName.of("狗".repeat(67)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("201");
    }

    @Test
    void anEventTypeIsCountedInCharacters() {
        assertThat(event("a".repeat(200)).type()).hasSize(200);
        assertThatThrownBy(() -> event("a".repeat(201))).hasMessageContaining("200");
        assertThatThrownBy(() -> event(" ")).hasMessageContaining("200");
    }

    @Test
    void anEventThatIsTooLargeIsNamed() {
        byte[] large = new byte[NewEvent.MAX_BYTES + 1];
        assertThatThrownBy(() -> new NewEvent(UUID.randomUUID(), "Dog.Big", large, new byte[0], Instant.now()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("data")
                .hasMessageContaining("Dog.Big")
                .hasMessageContaining("1048577");
    }
}
