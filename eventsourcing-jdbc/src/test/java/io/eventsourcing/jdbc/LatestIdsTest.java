package io.eventsourcing.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LatestIdsTest {

    private static UUID[] ids(int first, int count) {
        return IntStream.range(first, first + count)
                .mapToObj(number -> new UUID(0, number))
                .toArray(UUID[]::new);
    }

    @Test
    void begins() {
        assertThat(LatestIds.NONE.size()).isZero();
        assertThat(LatestIds.of(ids(7, 1)).last()).isEqualTo(new UUID(0, 7));
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 2", "0, 200, 200", "0, 201, 200", "150, 100, 200", "200, 1, 200", "200, 200, 200", "3, 1000, 200"
    })
    void keepsTheLastOnes(int before, int further, int kept) {
        LatestIds ids = LatestIds.of(ids(0, before)).with(ids(before, further));

        int all = before + further;
        assertThat(ids.size()).isEqualTo(kept);
        assertThat(ids.last()).isEqualTo(new UUID(0, all - 1));
        assertThat(IntStream.range(0, all).filter(number -> ids.contain(new UUID(0, number))))
                .containsExactly(IntStream.range(all - kept, all).boxed().toArray(Integer[]::new));
    }
}
