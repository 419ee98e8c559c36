package io.eventsourcing.projection;

import io.eventsourcing.store.RecordedEvent;
import io.eventsourcing.store.VersionConflictException;
import org.jspecify.annotations.Nullable;

/**
 * An event that has failed, and is to be tried alone.
 *
 * @param attempts how often it has failed, as far as that counts
 * @param triedAgainAt as {@link System#nanoTime} says it
 * @param conflict the last one that its handler has lost; null for none
 */
record Suspect(
        RecordedEvent event,
        int attempts,
        long triedAgainAt,
        @Nullable VersionConflictException conflict) {

    /** Whether what was thrown is a conflict. */
    static @Nullable VersionConflictException conflict(Throwable thrown) {
        Throwable cause = thrown;
        for (int depth = 0; cause != null && depth < 5; depth++) {
            if (cause instanceof VersionConflictException conflict) {
                return conflict;
            }
            cause = cause.getCause();
        }
        return null;
    }

    /**
     * Whether a conflict is just a race that was lost to somebody else, who has come on by that: what fails since it is wrong
     * finds the stream where it was.
     *
     * @param last the conflict before; null for none
     */
    static boolean isLostRace(@Nullable VersionConflictException conflict, @Nullable VersionConflictException last) {
        return conflict != null
                && (last == null
                        || !last.stream().equals(conflict.stream())
                        || !last.actual().equals(conflict.actual()));
    }
}
