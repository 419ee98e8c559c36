package io.eventsourcing.mapping;

import io.eventsourcing.store.RecordedEvent;
import java.nio.charset.StandardCharsets;

/**
 * What the library notes in an event's metadata: nothing, for most events.
 *
 * @param revision of the payload; 1 isn't written
 * @param personal the names of the fields that are encrypted for their subject, separated by commas; empty isn't written
 */
record EventNotes(int revision, String personal) {

    static final EventNotes NONE = new EventNotes(1, "");

    private static final byte[] PREFIX = ("\"" + Metadata.RESERVED).getBytes(StandardCharsets.UTF_8);

    /** What an event was stored with. Its metadata is parsed only if there is something to find, since replay asks often. */
    static EventNotes of(RecordedEvent event, EventMapper mapper) {
        if (!areIn(event)) {
            return NONE;
        }
        Metadata metadata = mapper.decodeMetadata(event);
        return new EventNotes(
                metadata.find(Metadata.REVISION)
                        .map(text -> revision(event, text))
                        .orElse(1),
                metadata.find(Metadata.PERSONAL).orElse(""));
    }

    private static int revision(RecordedEvent event, String text) {
        try {
            int revision = Integer.parseInt(text);
            if (revision > 0) {
                return revision;
            }
        } catch (NumberFormatException e) {
            // the same as a number that is too small
        }
        throw new EventMappingException(
                "The metadata of " + event + " has no number of 1 or more as " + Metadata.REVISION, null);
    }

    /** Replaces what the metadata may hold under the same names. */
    Metadata in(Metadata metadata) {
        Metadata noted = metadata.withoutReserved();
        noted = revision == 1 ? noted : noted.with(Metadata.REVISION, Integer.toString(revision));
        return personal.isEmpty() ? noted : noted.with(Metadata.PERSONAL, personal);
    }

    /** Whether there may be some: the letters can be a part of a value, too. */
    static boolean areIn(RecordedEvent event) {
        byte[] metadata = event.metadata();
        for (int start = metadata.length - PREFIX.length; start >= 0; start--) {
            if (metadata[start] == PREFIX[0] && metadata[start + 1] == PREFIX[1] && startsAt(metadata, start)) {
                return true;
            }
        }
        return false;
    }

    private static boolean startsAt(byte[] metadata, int start) {
        for (int i = 0; i < PREFIX.length; i++) {
            if (metadata[start + i] != PREFIX[i]) {
                return false;
            }
        }
        return true;
    }
}
