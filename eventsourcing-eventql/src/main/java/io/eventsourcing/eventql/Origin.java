package io.eventsourcing.eventql;

/** Where the rows of a FROM come from. */
sealed interface Origin {

    /** What each of them is. */
    Type type();

    /** All events, in the order of their commit positions. */
    record Events() implements Origin {
        private static final Type TYPE = EventRecord.type();

        @Override
        public Type type() {
            return TYPE;
        }
    }

    /** The name of each stream, in the order of their first events. */
    record Subjects() implements Origin {
        @Override
        public Type type() {
            return Type.of(Kind.STRING);
        }
    }

    /** The name of each type of event, in the order of their first events. */
    record EventTypes() implements Origin {
        @Override
        public Type type() {
            return Type.of(Kind.STRING);
        }
    }

    /** The rows of another query. */
    record Nested(Query query) implements Origin {
        @Override
        public Type type() {
            return query.rowType();
        }
    }
}
