package io.eventsourcing.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventsourcing.fixtures.TestClock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class SubjectKeyCacheTest {

    private static final SubjectKeyCache.KeyOf ID = new SubjectKeyCache.KeyOf("", new UUID(0, 1));
    private static final SecretKey KEY = new SecretKeySpec(new byte[32], "AES");

    private final TestClock clock = new TestClock("2026-02-03T04:05:06Z");
    private final SubjectKeyCache cache = new SubjectKeyCache(clock);
    private int lookups;

    private Optional<SecretKey> get(Optional<SecretKey> stored) {
        return cache.get(ID, id -> {
            lookups++;
            return stored;
        });
    }

    @Test
    void aKeyIsLookedUpOnce() {
        assertThat(get(Optional.of(KEY))).contains(KEY);
        assertThat(get(Optional.empty())).contains(KEY);
        assertThat(lookups).isEqualTo(1);
    }

    @Test
    void aKeyIsKnownForNoLongerThanAMinute() {
        get(Optional.of(KEY));
        clock.advance(SubjectKeyCache.MAX_AGE.minusNanos(1));
        assertThat(get(Optional.empty())).contains(KEY);
        clock.advance(Duration.ofNanos(1));
        assertThat(get(Optional.empty())).isEmpty();
    }

    @Test
    void aMissingKeyIsLookedUpEachTime() {
        assertThat(get(Optional.empty())).isEmpty();
        assertThat(get(Optional.of(KEY))).contains(KEY);
    }

    @Test
    void nothingIsLeftAfterAClearing() {
        get(Optional.of(KEY));
        cache.clear();
        assertThat(get(Optional.empty())).isEmpty();
    }

    @Test
    void aKeyIsKnownToItsTenantAlone() {
        get(Optional.of(KEY));
        assertThat(cache.get(new SubjectKeyCache.KeyOf("other", ID.id()), id -> Optional.empty()))
                .isEmpty();
        assertThat(get(Optional.empty())).contains(KEY);
    }

    @Test
    void aKeyThatWasLookedUpBeforeAClearingIsNotKept() {
        cache.get(ID, id -> {
            cache.clear();
            return Optional.of(KEY);
        });
        assertThat(get(Optional.empty())).isEmpty();
    }
}
