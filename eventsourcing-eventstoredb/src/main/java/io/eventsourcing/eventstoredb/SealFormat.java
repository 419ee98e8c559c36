package io.eventsourcing.eventstoredb;

import io.eventsourcing.store.EventStoreException;
import io.eventsourcing.store.NewEvent;
import io.eventsourcing.store.RecordedEvent;
import io.eventsourcing.store.Seal;
import io.eventsourcing.store.SealSignature;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Seals as events on the server. A seal's number is its event's position. */
final class SealFormat {

    private static final String TYPE = "Sealed";
    private static final String COMMIT_POSITION = "commitPosition";
    private static final String PREDECESSOR = "predecessor";
    private static final String HASH = "hash";
    private static final String KEY_ID = "keyId";
    private static final String SIGNATURE = "signature";

    private SealFormat() {}

    static NewEvent event(Seal seal) {
        Map<String, String> texts = new LinkedHashMap<>();
        texts.put(COMMIT_POSITION, Long.toString(seal.commitPosition()));
        texts.put(PREDECESSOR, seal.predecessor());
        texts.put(HASH, seal.hash());
        seal.signature().ifPresent(signature -> {
            texts.put(KEY_ID, signature.keyId());
            texts.put(SIGNATURE, signature.value());
        });
        return new NewEvent(UUID.randomUUID(), TYPE, Texts.json(texts), new byte[0], Instant.now());
    }

    /** @throws EventStoreException if it isn't a seal */
    static Seal seal(RecordedEvent event) {
        Map<String, String> texts = Texts.of(event);
        Optional<SealSignature> signature = Optional.ofNullable(texts.get(SIGNATURE))
                .map(value -> new SealSignature(texts.getOrDefault(KEY_ID, ""), value));
        return new Seal(
                event.streamPosition(),
                Texts.number(event, texts, COMMIT_POSITION),
                texts.getOrDefault(PREDECESSOR, ""),
                texts.getOrDefault(HASH, ""),
                signature);
    }
}
