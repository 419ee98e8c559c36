package io.eventsourcing.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.eventsourcing.store.ReadOptions.IfMissing;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReadOptionsTest {

    @Test
    void theLatestEventAndALowerBoundAreRefusedTogether() {
        Bound bound = Bound.inclusive(3);
        ReadOptions latest = ReadOptions.forwards().fromLatest("Dog.Registered", IfMissing.READ_NOTHING);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> latest.lower(bound))
                .withMessageContainingAll("Dog.Registered", "lower bound", "Leave out one");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ReadOptions.backwards().lower(bound).fromLatest("A", IfMissing.READ_EVERYTHING));
        assertThatIllegalArgumentException().isThrownBy(() -> latest.from(0));
        assertThat(ReadOptions.backwards()
                        .fromLatest("A", IfMissing.READ_NOTHING)
                        .from(7)
                        .upper(bound)
                        .latest())
                .isPresent();
    }

    @Test
    void whatMakesNoSenseIsRefused() {
        ReadOptions options = ReadOptions.forwards();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Bound.exclusive(-1))
                .withMessageContaining("-1");
        assertThatIllegalArgumentException().isThrownBy(() -> options.from(-2)).withMessageContaining("-2");
        assertThatIllegalArgumentException().isThrownBy(() -> options.limit(-3)).withMessageContaining("-3");
        assertThatIllegalArgumentException().isThrownBy(options::types).withMessageContaining("types");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> options.types(Set.of()))
                .withMessageContaining("types");
        assertThatIllegalArgumentException().isThrownBy(() -> options.types("A", " "));
        assertThatIllegalArgumentException().isThrownBy(() -> options.types("A\0"));
        assertThatIllegalArgumentException().isThrownBy(() -> options.fromLatest("", IfMissing.READ_NOTHING));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SubscribeOptions.fromLatest("", SubscribeOptions.IfMissing.READ_EVERYTHING));
        assertThat(options.types("A", "A").filter().types()).containsExactly("A");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "books", "/books/", "//books", "/a//b", "books/42", "/a\n"})
    void aMalformedTreeIsRefused(String root) {
        assertThatIllegalArgumentException().isThrownBy(() -> StreamFilter.tree(root));
    }

    @Test
    void aPrefixIsNotEmpty() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> StreamFilter.prefix(""))
                .withMessageContaining("StreamFilter.all()");
    }

    @Test
    void aTreeIsItsRootAndWhatIsUnderIt() {
        StreamFilter books = StreamFilter.tree("/books");

        assertThat(books.matches(StreamName.of("/books"))).isTrue();
        assertThat(books.matches(StreamName.of("/books/42/pages"))).isTrue();
        assertThat(books.matches(StreamName.of("/bookshop"))).isFalse();
        assertThat(books.matches(StreamName.of("/Books"))).isFalse();
        assertThat(StreamFilter.tree("/").matches(StreamName.of("Dog-1"))).isTrue();
        assertThat(StreamFilter.tree("/")).isEqualTo(StreamFilter.all());
        assertThat(books).isEqualTo(StreamFilter.tree("/books")).isNotEqualTo(StreamFilter.prefix("/books/"));
    }

    @Test
    void aPositionToStartAtCountsOtherwiseInAStreamThanInAll() {
        assertThat(ReadOptions.forwards().from(5).ofStream()).isEqualTo(new Span(5, Long.MAX_VALUE, false));
        assertThat(ReadOptions.forwards().from(5).ofAll()).isEqualTo(new Span(5, Long.MAX_VALUE, false));
        assertThat(ReadOptions.backwards().from(5).ofStream()).isEqualTo(new Span(0, 5, true));
        assertThat(ReadOptions.backwards().from(5).ofAll()).isEqualTo(new Span(0, 4, true));
        assertThat(ReadOptions.backwards().from(0).ofAll().isEmpty()).isTrue();
        assertThat(ReadOptions.backwards().from(Long.MAX_VALUE).ofStream())
                .isEqualTo(new Span(0, Long.MAX_VALUE - 1, true));
    }

    @Test
    void boundsAndTheStartAllHold() {
        assertThat(ReadOptions.forwards()
                        .from(3)
                        .lower(Bound.exclusive(5))
                        .upper(Bound.exclusive(9))
                        .ofAll())
                .isEqualTo(new Span(6, 8, false));
        assertThat(ReadOptions.backwards()
                        .from(7)
                        .lower(Bound.inclusive(5))
                        .upper(Bound.inclusive(9))
                        .ofStream())
                .isEqualTo(new Span(5, 7, true));
        assertThat(ReadOptions.forwards().upper(Bound.exclusive(0)).ofAll().isEmpty())
                .isTrue();
    }
}
