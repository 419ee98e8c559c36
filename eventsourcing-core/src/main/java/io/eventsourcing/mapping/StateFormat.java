package io.eventsourcing.mapping;

import io.eventsourcing.store.RecordedEvent;
import io.eventsourcing.store.Snapshot;
import io.eventsourcing.store.StreamName;

/**
 * State as bytes: JSON of named values, in which the fields of objects stand, whatever methods they have. Compressed and
 * encrypted as events are, so that what is encrypted can be read in the place alone that it was written for. Thread-safe.
 */
public final class StateFormat {

    private final EventMapper mapper;
    private final Envelope envelope;

    StateFormat(EventMapper mapper, Envelope envelope) {
        this.mapper = mapper;
        this.envelope = envelope;
    }

    /** @throws EventMappingException if values of this shape couldn't be read again */
    public void check(EventShape shape) {
        mapper.check(shape);
    }

    /**
     * Plain, for {@link #read} and for {@link #sealed}.
     *
     * @throws EventMappingException if a value can't be written
     */
    public byte[] write(EventShape shape, Object[] values) {
        return mapper.encode(shape, values);
    }

    /**
     * The same snapshot as it is to be stored.
     *
     * @throws IllegalArgumentException if it is too large
     */
    public Snapshot sealed(Snapshot plain) {
        if (plain.data().length > Snapshot.MAX_BYTES) {
            throw new IllegalArgumentException(plain + " is too large");
        }
        return with(plain, envelope.wrap(plain.data(), context(plain)));
    }

    /**
     * The values of a snapshot, plain or sealed.
     *
     * @throws EventMappingException if they don't fit the shape, or it can't be decrypted
     */
    public Object[] read(EventShape shape, Snapshot snapshot) {
        RecordedEvent event = asEvent(snapshot, snapshot.data());
        return mapper.decode(
                shape,
                Envelope.isWrapped(snapshot.data())
                        ? asEvent(snapshot, envelope.unwrap(event, context(snapshot)))
                        : event);
    }

    private static Snapshot with(Snapshot snapshot, byte[] data) {
        return new Snapshot(
                snapshot.name(),
                snapshot.position(),
                snapshot.lastEvent(),
                snapshot.type(),
                snapshot.shape(),
                data,
                snapshot.takenAt());
    }

    /** No event has such a type: a slash can't be in the name of an aggregate. */
    private static String type(Snapshot snapshot) {
        return "snapshot/" + snapshot.name().kind() + "/" + snapshot.type() + "/" + snapshot.shape() + "/"
                + snapshot.position();
    }

    private static CipherContext context(Snapshot snapshot) {
        return new CipherContext(StreamName.of(snapshot.name().value()), snapshot.lastEvent(), type(snapshot), 1);
    }

    private static RecordedEvent asEvent(Snapshot snapshot, byte[] data) {
        return new RecordedEvent(
                StreamName.of(snapshot.name().value()),
                snapshot.position(),
                0,
                snapshot.lastEvent(),
                type(snapshot),
                data,
                new byte[0],
                snapshot.takenAt());
    }
}
