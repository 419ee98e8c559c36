package io.eventsourcing.mapping;

/** Writes and reads the payload of one event shape. Thread-safe. */
interface PayloadCodec {

    byte[] encode(Object[] arguments);

    Object[] decode(byte[] data);
}
