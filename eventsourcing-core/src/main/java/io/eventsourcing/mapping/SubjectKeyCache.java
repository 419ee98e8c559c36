package io.eventsourcing.mapping;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import javax.crypto.SecretKey;

/** Keys that were used a moment ago. One that isn't there isn't remembered as missing. Thread-safe. */
final class SubjectKeyCache {

    /** How long a key that another process has deleted can still be used here. */
    static final Duration MAX_AGE = Duration.ofMinutes(1);

    private static final int MAX_KEYS = 10_000;

    /** A key as a tenant sees it: the default one may see more than another. */
    record KeyOf(String tenant, UUID id) {}

    private record Known(SecretKey key, Instant end) {}

    private final Clock clock;
    private final Map<KeyOf, Known> entries = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<KeyOf, Known> eldest) {
            return size() > MAX_KEYS;
        }
    };
    private long clearings;

    SubjectKeyCache(Clock clock) {
        this.clock = clock;
    }

    Optional<SecretKey> get(KeyOf id, Function<KeyOf, Optional<SecretKey>> lookup) {
        long before;
        synchronized (this) {
            Known entry = entries.get(id);
            if (entry != null && clock.instant().isBefore(entry.end())) {
                return Optional.of(entry.key());
            }
            before = clearings;
        }
        Optional<SecretKey> found = lookup.apply(id);
        found.ifPresent(key -> put(id, key, before));
        return found;
    }

    /** A key that was looked up before a clearing may be the one that was deleted. */
    private synchronized void put(KeyOf id, SecretKey key, long before) {
        if (clearings == before) {
            entries.remove(id);
            entries.put(id, new Known(key, clock.instant().plus(MAX_AGE)));
        }
    }

    synchronized void clear() {
        clearings++;
        entries.clear();
    }
}
