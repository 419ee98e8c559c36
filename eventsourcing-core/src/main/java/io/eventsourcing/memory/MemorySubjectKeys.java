package io.eventsourcing.memory;

import io.eventsourcing.store.SubjectKey;
import io.eventsourcing.store.SubjectKeys;
import io.eventsourcing.store.Tenants;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Keeps keys in memory, for as long as this object lives. Thread-safe. */
public final class MemorySubjectKeys implements SubjectKeys {

    private record Subject(String tenant, String name) {}

    private final Map<Subject, SubjectKey> bySubject;
    private final String tenant;

    public MemorySubjectKeys() {
        this(new ConcurrentHashMap<>(), Tenants.DEFAULT);
    }

    private MemorySubjectKeys(Map<Subject, SubjectKey> bySubject, String tenant) {
        this.bySubject = bySubject;
        this.tenant = tenant;
    }

    @Override
    public SubjectKeys forTenant(String id) {
        return new MemorySubjectKeys(bySubject, Tenants.requireId(id));
    }

    @Override
    public SubjectKey getOrAdd(String subject, SubjectKey candidate) {
        SubjectKey earlier = bySubject.putIfAbsent(new Subject(tenant, subject), candidate);
        return earlier != null ? earlier : candidate;
    }

    @Override
    public Optional<SubjectKey> find(UUID id) {
        return bySubject.entrySet().stream()
                .filter(entry -> entry.getValue().id().equals(id) && finds(entry.getKey()))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    private boolean finds(Subject subject) {
        return tenant.isEmpty() || tenant.equals(subject.tenant());
    }

    @Override
    public void forget(String subject) {
        bySubject.remove(new Subject(tenant, subject));
    }
}
