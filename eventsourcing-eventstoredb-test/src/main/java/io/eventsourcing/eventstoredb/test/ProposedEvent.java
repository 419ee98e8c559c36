package io.eventsourcing.eventstoredb.test;

import com.google.protobuf.ByteString;
import java.util.UUID;

/** An event that a client asks to write. */
record ProposedEvent(UUID id, String type, boolean json, ByteString data, ByteString metadata) {

    /** Its size as the limit of an append counts it: two bytes for each character of the type. */
    int size() {
        return data.size() + metadata.size() + type.length() * 2;
    }
}
