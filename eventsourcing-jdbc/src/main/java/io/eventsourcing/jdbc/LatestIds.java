package io.eventsourcing.jdbc;

import io.eventsourcing.store.AppendRules;
import java.util.Arrays;
import java.util.UUID;

/** The ids of a stream's last events in their order, as far as they are known. Immutable; an array, as each append copies it. */
final class LatestIds {

    static final LatestIds NONE = new LatestIds(new UUID[0]);

    /** Enough for appends of a hundred events that name no place. */
    private static final int KEPT = 2 * AppendRules.REPETITION_WINDOW;

    private final UUID[] ids;

    private LatestIds(UUID[] ids) {
        this.ids = ids;
    }

    static LatestIds of(UUID... ids) {
        return NONE.with(ids);
    }

    /** And these behind them, less the first ones if they are many. */
    LatestIds with(UUID... further) {
        int dropped = Math.max(0, ids.length + further.length - KEPT);
        int kept = Math.max(0, ids.length - dropped);
        UUID[] all = Arrays.copyOfRange(ids, ids.length - kept, ids.length + Math.min(further.length, KEPT));
        int added = all.length - kept;
        System.arraycopy(further, further.length - added, all, kept, added);
        return new LatestIds(all);
    }

    int size() {
        return ids.length;
    }

    /** @throws IndexOutOfBoundsException if there are none */
    UUID last() {
        return ids[ids.length - 1];
    }

    boolean contain(UUID id) {
        for (UUID each : ids) {
            if (each.equals(id)) {
                return true;
            }
        }
        return false;
    }
}
