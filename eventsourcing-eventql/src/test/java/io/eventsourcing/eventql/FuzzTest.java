package io.eventsourcing.eventql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.eventsourcing.memory.MemoryEventStore;
import io.eventsourcing.store.EventStore;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Whatever is asked, the answer is rows or an {@link EventQlException}. */
class FuzzTest {

    private static final int QUERIES = 20_000;

    private static final List<String> WORDS = List.of(
            ("FROM e IN events PROJECT INTO WHERE GROUP BY HAVING ORDER SKIP TOP DISTINCT AS CONTAINS AND OR XOR NOT ( )"
                            + " [ ] { } , : . + - * / == != < <= > >= 1 2.5 1e9 'a' \"b\" true false null e f e.type e.data.x"
                            + " e.time COUNT( SUM( UNIQUE( IF( ABS( RAND() NOW() INT DATE STRING subjects eventtypes // /* */ \n"
                            + " ' \" \\ \ud83d é ? ; % \0")
                    .split(" "));

    private final Random random = new Random(7);
    private final EventStore store = Events.sales();

    private boolean isAnswered(EventStore store, String query) {
        try {
            EventQl.over(store).query(query).toList();
            return true;
        } catch (EventQlException e) {
            assertThat(e.line()).isPositive();
            assertThat(e.column()).isPositive();
            return false;
        } catch (Throwable e) {
            return fail("Not an EventQlException: " + query, e);
        }
    }

    @Test
    void garbageOfWords() {
        EventStore empty = new MemoryEventStore();
        for (int i = 0; i < QUERIES; i++) {
            isAnswered(empty, words(1 + random.nextInt(25)));
            isAnswered(empty, "FROM e IN events PROJECT INTO " + words(1 + random.nextInt(6)));
        }
    }

    private String words(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> WORDS.get(random.nextInt(WORDS.size())))
                .collect(Collectors.joining(random.nextBoolean() ? " " : ""));
    }

    @Test
    void garbageOfCharacters() {
        for (int i = 0; i < QUERIES; i++) {
            String characters = random.ints(random.nextInt(40), 0, 300)
                    .mapToObj(Character::toString)
                    .collect(Collectors.joining());
            isAnswered(store, characters);
        }
    }

    @Test
    void queriesWithMistakes() {
        RandomQueries queries = new RandomQueries(3);
        int answered = 0;
        for (int i = 0; i < 3_000; i++) {
            StringBuilder query = new StringBuilder(queries.query());
            int at = random.nextInt(query.length());
            switch (random.nextInt(3)) {
                case 0 -> query.deleteCharAt(at);
                case 1 -> query.insert(at, WORDS.get(random.nextInt(WORDS.size())));
                default -> query.setCharAt(at, query.charAt(random.nextInt(query.length())));
            }
            answered += isAnswered(store, query.toString()) ? 1 : 0;
        }
        assertThat(answered).as("some mistakes make no difference").isPositive();
    }
}
