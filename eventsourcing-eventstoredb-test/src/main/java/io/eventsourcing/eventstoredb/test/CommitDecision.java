package io.eventsourcing.eventstoredb.test;

/**
 * What a write to one stream amounts to.
 *
 * @param current the revision of the stream's last event
 * @param last the revision of the last event that was written before, if it is a repetition
 * @param position the position of that event, {@code -1} if it cannot be read any more
 * @param undelete whether the write brings a soft-deleted stream back
 */
record CommitDecision(Kind kind, long current, long last, long position, boolean undelete) {

    enum Kind {
        WRITE,
        REPEATED,
        PARTLY_REPEATED,
        WRONG_REVISION,
        DELETED
    }

    static CommitDecision write(long current, boolean undelete) {
        return new CommitDecision(Kind.WRITE, current, -1, -1, undelete);
    }

    static CommitDecision repeated(long current, long last, long position) {
        return new CommitDecision(Kind.REPEATED, current, last, position, false);
    }

    static CommitDecision refused(Kind kind, long current) {
        return new CommitDecision(kind, current, -1, -1, false);
    }
}
