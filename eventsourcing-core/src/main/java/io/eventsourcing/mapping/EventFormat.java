package io.eventsourcing.mapping;

import io.eventsourcing.store.EventSchema;
import io.eventsourcing.store.NewEvent;
import io.eventsourcing.store.RecordedEvent;
import io.eventsourcing.store.StreamName;
import io.eventsourcing.store.SubjectKeys;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * What becomes of a payload between an {@link EventMapper} and the store: personal data is encrypted for its subjects, all
 * of it compressed and encrypted, and its revision noted in the metadata. Reading undoes this, and leads old revisions to
 * those of today. Metadata is stored as it is. Thread-safe.
 */
public final class EventFormat {

    private final EventMapper mapper;
    private final UpcasterChains chains;
    private final Upcasting upcasting;
    private final Envelope envelope;
    private final PersonalData personal;
    private final PayloadValidator validator;

    private EventFormat(Builder builder) {
        this.mapper = builder.mapper;
        this.chains = new UpcasterChains(builder.upcasters);
        this.upcasting = new Upcasting(chains);
        this.envelope = new Envelope(builder.compression, builder.cipherKeys);
        this.personal = builder.personalData();
        this.validator = builder.validator;
    }

    private EventFormat(EventFormat whole, String tenant) {
        this.mapper = whole.mapper;
        this.chains = whole.chains;
        this.upcasting = whole.upcasting;
        this.envelope = whole.envelope;
        this.personal = whole.personal.forTenant(tenant);
        this.validator = whole.validator;
    }

    /** Payloads as this mapper writes them. */
    public static Builder builder(EventMapper mapper) {
        return new Builder(mapper);
    }

    /**
     * The same for a tenant, whose subjects have keys of their own.
     *
     * @throws io.eventsourcing.store.UnsupportedByStoreException if the keys of subjects can't be kept by tenant
     */
    public EventFormat forTenant(String tenant) {
        return new EventFormat(this, tenant);
    }

    /**
     * Finds out whether every event of this shape can be written, and what is stored be led to it.
     *
     * @throws EventMappingException if a payload couldn't be stored
     * @throws UpcasterException if upcasters end before the shape's revision, or beyond it
     */
    public void check(EventShape shape) {
        mapper.check(shape);
        personal.check(shape);
        chains.requireEnd(new EventRevision(shape.eventType(), shape.revision()));
    }

    /** The format of what events have made. */
    public StateFormat ofState() {
        return new StateFormat(
                (mapper instanceof JacksonEventMapper jackson ? jackson : new JacksonEventMapper()).ofState(),
                envelope);
    }

    /** Whether something of a stored event is encrypted for a subject, forgotten or not. */
    public boolean isPersonal(RecordedEvent event) {
        return !EventNotes.of(event, mapper).personal().isEmpty();
    }

    /** Where upcasters lead events whose types begin so; another text as soon as there is a step more, or less. */
    public List<String> upcasterSteps(String typePrefix) {
        return chains.descriptions(typePrefix);
    }

    /** The schema that accepts what is written for this shape; see {@link EventMapper#schema}. */
    public EventSchema schema(EventShape shape) {
        return new EventSchema(shape.eventType(), shape.revision(), mapper.schema(shape));
    }

    /** The revision of a stored event's payload. */
    public int revision(RecordedEvent event) {
        return EventNotes.of(event, mapper).revision();
    }

    /** For the events of one save, which share their metadata. */
    public Writer writer(Metadata metadata) {
        return new Writer(metadata.withoutReserved());
    }

    /** As {@link #read(RecordedEvent, String)}, by the type under which the event was stored. */
    public List<RecordedEvent> read(RecordedEvent event) {
        return read(event, event.type());
    }

    /**
     * What a stored event says today, as it would have been written today without compression and encryption: mostly one
     * event, none if an upcaster drops it or it was forgotten. Reading the result again gives the same.
     *
     * @param type what upcasters know the event as
     * @throws EventMappingException if it can't be read; the message shows no payload
     */
    public List<RecordedEvent> read(RecordedEvent event, String type) {
        EventNotes notes = EventNotes.of(event, mapper);
        boolean isTree = !notes.personal().isEmpty() || upcasting.concerns(type, notes.revision());
        if (!isTree && !Envelope.isWrapped(event.data())) {
            return List.of(type.equals(event.type()) ? event : copy(event, type, event.data(), event.metadata()));
        }
        CipherContext context = CipherContext.of(event, notes);
        byte[] json = Envelope.isWrapped(event.data()) ? envelope.unwrap(event, context) : event.data();
        return isTree
                ? upcast(event, new EventRevision(type, notes.revision()), opened(event, json, notes, context))
                : List.of(copy(event, type, json, event.metadata()));
    }

    private @Nullable ObjectNode opened(RecordedEvent event, byte[] json, EventNotes notes, CipherContext context) {
        ObjectNode tree = JsonTree.object(event, json);
        return notes.personal().isEmpty() ? tree : personal.open(tree, notes.personal(), context, event);
    }

    private List<RecordedEvent> upcast(RecordedEvent event, EventRevision revision, @Nullable ObjectNode tree) {
        if (tree == null) {
            return List.of();
        }
        return upcasting.upcast(new UpcastEvent(revision, tree), event).stream()
                .map(upcast -> copy(
                        event,
                        upcast.revision().type(),
                        JsonTree.write(upcast.data()),
                        metadata(event, upcast.revision().revision())))
                .toList();
    }

    private byte[] metadata(RecordedEvent event, int revision) {
        return mapper.encode(new EventNotes(revision, "").in(mapper.decodeMetadata(event)));
    }

    private static RecordedEvent copy(RecordedEvent event, String type, byte[] data, byte[] metadata) {
        return new RecordedEvent(
                event.stream(),
                event.streamPosition(),
                event.commitPosition(),
                event.id(),
                type,
                data,
                metadata,
                event.timestamp(),
                event.tags(),
                event.tenant());
    }

    /**
     * The arguments of an event that was {@link #read}.
     *
     * @throws EventMappingException if it has another revision than the shape, or doesn't fit it
     */
    public Object[] decode(EventShape shape, RecordedEvent event) {
        int revision = EventNotes.of(event, mapper).revision();
        if (revision != shape.revision()) {
            throw new EventMappingException(
                    event + " has revision " + revision + ", and this program knows revision " + shape.revision()
                            + (revision > shape.revision()
                                    ? ": a newer version of the program wrote it, so run that one"
                                    : ": add the Upcaster that leads there"),
                    null);
        }
        return mapper.decode(shape, event);
    }

    /**
     * Finds out whether events of this shape can be read by somebody who doesn't write them.
     *
     * @throws EventMappingException naming the parameter that can't, and what to do
     */
    public void checkReadable(EventShape shape) {
        mapper.check(shape);
    }

    /**
     * The arguments of an event that was {@link #read}, for somebody who follows the events of others and knows their newest
     * form without its number.
     *
     * @throws EventMappingException if it doesn't fit the shape
     */
    public Object[] decodeNewest(EventShape shape, RecordedEvent event) {
        return mapper.decode(shape, event);
    }

    /** What was stored beside the payload, without what is the library's own. */
    public Metadata metadata(RecordedEvent event) {
        return mapper.decodeMetadata(event).withoutReserved();
    }

    /** Under which types events may be stored that are read as this one: it, and those that upcasters lead there from. */
    public Set<String> storedTypes(String type) {
        return chains.sources(type);
    }

    /**
     * Makes everything unreadable that is encrypted for this subject, for good when it returns: here at once, in other
     * processes after a minute at most. Forgetting twice does nothing more. What is stored afterwards gets a new key.
     *
     * @throws EventMappingException if there is no key to encrypt with, or nothing that keeps the keys of subjects
     */
    public void forget(String subject) {
        personal.forget(Objects.requireNonNull(subject, "subject"));
    }

    /**
     * The arguments of an event that is stored as it would be without this class; null for all others, which are to be
     * {@linkplain #read read} first. Most events are such, so that this is what replay waits for.
     *
     * @param shape which was {@linkplain #check checked}
     * @throws EventMappingException if the event doesn't fit the shape
     */
    public Object @Nullable [] decodeIfPlain(EventShape shape, RecordedEvent event) {
        boolean isPlain = shape.revision() == 1 && !Envelope.isWrapped(event.data()) && !EventNotes.areIn(event);
        return isPlain ? mapper.decode(shape, event) : null;
    }

    /** Where and when an event happens. */
    public record Place(StreamName stream, UUID eventId, Instant timestamp) {}

    /** Writes events with the same metadata. Not thread-safe. */
    public final class Writer {

        private final Metadata metadata;
        private byte @Nullable [] withoutNotes;

        private Writer(Metadata metadata) {
            this.metadata = metadata;
        }

        /**
         * Writes an event.
         *
         * @throws EventMappingException if an argument can't be written, or the validator refuses the payload
         * @throws IllegalArgumentException if the event would be too large
         */
        public NewEvent write(EventShape shape, Object[] arguments, Place place) {
            CipherContext context =
                    new CipherContext(place.stream(), place.eventId(), shape.eventType(), shape.revision());
            byte[] plain = mapper.encode(shape, arguments);
            validator.validate(shape.eventType(), shape.revision(), plain);
            byte[] json = personal.seal(plain, shape, context);
            return new NewEvent(
                    place.eventId(),
                    shape.eventType(),
                    envelope.wrap(json, context),
                    metadata(new EventNotes(shape.revision(), PersonalData.names(shape))),
                    place.timestamp());
        }

        private byte[] metadata(EventNotes notes) {
            if (!notes.equals(EventNotes.NONE)) {
                return mapper.encode(notes.in(metadata));
            }
            if (withoutNotes == null) {
                withoutNotes = mapper.encode(metadata);
            }
            return withoutNotes;
        }
    }

    /** What can be chosen. Not thread-safe. */
    public static final class Builder {

        private final EventMapper mapper;
        private Collection<? extends Upcaster> upcasters = List.of();
        private Compression compression = Compression.NONE;
        private CipherKeys cipherKeys = CipherKeys.none();
        private @Nullable SubjectKeys subjectKeys;
        private Clock clock = Clock.systemUTC();
        private PayloadValidator validator = (type, revision, json) -> {};

        private Builder(EventMapper mapper) {
            this.mapper = Objects.requireNonNull(mapper, "mapper");
        }

        public Builder upcasters(Collection<? extends Upcaster> steps) {
            this.upcasters = List.copyOf(steps);
            return this;
        }

        public Builder compression(Compression chosen) {
            this.compression = Objects.requireNonNull(chosen, "compression");
            return this;
        }

        public Builder cipherKeys(CipherKeys keys) {
            this.cipherKeys = Objects.requireNonNull(keys, "cipherKeys");
            return this;
        }

        /** @param keys null if nothing keeps them */
        public Builder subjectKeys(@Nullable SubjectKeys keys) {
            this.subjectKeys = keys;
            return this;
        }

        /** Accepts everything if nothing else is said. */
        public Builder validator(PayloadValidator payloadValidator) {
            this.validator = Objects.requireNonNull(payloadValidator, "validator");
            return this;
        }

        /** What says how long a subject's key has been known. */
        Builder clock(Clock keyClock) {
            this.clock = keyClock;
            return this;
        }

        private PersonalData personalData() {
            if (cipherKeys.isEmpty()) {
                return new PersonalData(
                        null,
                        "set " + CipherKeys.SETTING
                                + " (with Spring also: eventsourcing.cipher-key) to what `openssl rand -base64 32` prints");
            }
            return subjectKeys == null
                    ? new PersonalData(
                            null,
                            "the store doesn't keep the keys of subjects: give"
                                    + " EventSourcing.builder(…).subjectKeys(…) what does (with Spring: a SubjectKeys bean),"
                                    + " such as the JdbcSubjectKeys of a database")
                    : new PersonalData(new SubjectCipher(subjectKeys, cipherKeys, new SubjectKeyCache(clock)), "");
        }

        /**
         * @throws UpcasterException if the upcasters contradict each other or leave a gap
         * @throws IllegalStateException if the library for the compression isn't there
         */
        public EventFormat build() {
            return new EventFormat(this);
        }
    }
}
