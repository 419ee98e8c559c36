package io.eventsourcing.eventstoredb.test;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.ByteString;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;

/**
 * What the last event of a metadata stream says about the events that may be read.
 *
 * @param maxCount how many of the last events, {@link Long#MAX_VALUE} for all
 * @param truncateBefore the first revision that may be read; {@link Long#MAX_VALUE} is a soft deletion
 */
record StreamMetadata(long maxCount, Optional<Duration> maxAge, long truncateBefore) {

    static final StreamMetadata NONE = new StreamMetadata(Long.MAX_VALUE, Optional.empty(), 0);

    /** A stream of metadata shows its last event only. */
    static final StreamMetadata OF_METADATA_STREAM = new StreamMetadata(1, Optional.empty(), 0);

    static final ByteString SOFT_DELETED = ByteString.copyFromUtf8("{\"$tb\":" + Long.MAX_VALUE + "}");

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Metadata that isn't a JSON object counts as none, as on the real server. */
    static StreamMetadata parse(ByteString json) {
        return object(json).map(StreamMetadata::of).orElse(NONE);
    }

    private static StreamMetadata of(ObjectNode object) {
        return new StreamMetadata(
                object.path("$maxCount").asLong(Long.MAX_VALUE),
                Optional.of(object.path("$maxAge"))
                        .filter(JsonNode::isNumber)
                        .map(age -> Duration.ofSeconds(age.asLong())),
                object.path("$tb").asLong(0));
    }

    /** The same metadata with another first revision; all else that it says is kept. Empty if it isn't JSON. */
    static Optional<ByteString> truncatedBefore(ByteString json, long revision) {
        return object(json).map(object -> {
            object.put("$tb", revision);
            return ByteString.copyFromUtf8(object.toString());
        });
    }

    boolean softDeleted() {
        return truncateBefore == Long.MAX_VALUE;
    }

    private static Optional<ObjectNode> object(ByteString json) {
        try {
            return JSON.readTree(json.toByteArray()) instanceof ObjectNode object
                    ? Optional.of(object)
                    : Optional.empty();
        } catch (com.fasterxml.jackson.core.JacksonException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
