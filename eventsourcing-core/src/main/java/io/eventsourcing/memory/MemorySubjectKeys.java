package io.eventsourcing.memory;

import io.eventsourcing.store.SubjectKey;
import io.eventsourcing.store.SubjectKeys;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Keeps keys in memory, for as long as this object lives. Thread-safe. */
public final class MemorySubjectKeys implements SubjectKeys {

    private final Map<String, SubjectKey> bySubject = new ConcurrentHashMap<>();

    @Override
    public SubjectKey getOrAdd(String subject, SubjectKey candidate) {
        SubjectKey earlier = bySubject.putIfAbsent(subject, candidate);
        return earlier != null ? earlier : candidate;
    }

    @Override
    public Optional<SubjectKey> find(UUID id) {
        return bySubject.values().stream().filter(key -> key.id().equals(id)).findFirst();
    }

    @Override
    public void forget(String subject) {
        bySubject.remove(subject);
    }
}
