package io.eventsourcing.mapping;

/** Looks at payloads before they are stored. Implementations are thread-safe. */
@FunctionalInterface
public interface PayloadValidator {

    /**
     * Accepts a payload, or throws something that refuses it. It is what the program has said: nothing of it is encrypted or
     * compressed yet. Messages must not show it.
     *
     * @param type of the event, as it will be stored
     * @param json in UTF-8, not to be changed
     */
    void validate(String type, int revision, byte[] json);
}
