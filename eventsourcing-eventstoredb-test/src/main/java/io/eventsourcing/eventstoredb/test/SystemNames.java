package io.eventsourcing.eventstoredb.test;

/** The names that the server gives to streams and events of its own. */
final class SystemNames {

    static final String METADATA_TYPE = "$metadata";
    static final String TOMBSTONE_TYPE = "$streamDeleted";
    static final String EPOCH_STREAM = "$epoch-information";
    static final String EPOCH_TYPE = "$epoch-information";

    private static final String METADATA_PREFIX = "$$";

    private SystemNames() {}

    static String metadataStreamOf(String stream) {
        return METADATA_PREFIX + stream;
    }

    static boolean isMetadataStream(String stream) {
        return stream.startsWith(METADATA_PREFIX);
    }

    /** The stream that a stream of metadata describes. */
    static String describedStream(String metadataStream) {
        return metadataStream.substring(METADATA_PREFIX.length());
    }

    static boolean isSystemStream(String stream) {
        return stream.startsWith("$");
    }
}
