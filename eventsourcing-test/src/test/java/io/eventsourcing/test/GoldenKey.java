package io.eventsourcing.test;

import io.eventsourcing.store.SubjectKey;
import io.eventsourcing.store.SubjectKeys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;

/** One subject's key, as it is stored: its id and the encrypted key, in a file that is never changed either. */
final class GoldenKey implements SubjectKeys {

    private final Path file;
    private boolean forgotten;

    GoldenKey(Path file) {
        this.file = file;
    }

    @Override
    public SubjectKey getOrAdd(String subject, SubjectKey candidate) {
        try {
            if (Boolean.getBoolean(GoldenEvents.WRITE) && !Files.exists(file)) {
                String wrapped = Base64.getEncoder().encodeToString(candidate.wrapped());
                Files.writeString(file, candidate.id() + " " + wrapped + "\n");
            }
            return key();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private SubjectKey key() throws IOException {
        String[] parts = Files.readString(file).strip().split(" ");
        return new SubjectKey(UUID.fromString(parts[0]), Base64.getDecoder().decode(parts[1]));
    }

    @Override
    public Optional<SubjectKey> find(UUID id) {
        try {
            return Optional.of(key()).filter(key -> key.id().equals(id) && !forgotten);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void forget(String subject) {
        forgotten = true;
    }
}
