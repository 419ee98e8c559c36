package io.eventsourcing.integrity;

import io.eventsourcing.store.Seal;
import java.util.Optional;

/**
 * What was found when events were compared with their seals.
 *
 * @param verified how many events were right, up to the first that wasn't
 * @param unsealed how many have come since the last seal, and could be anything
 * @param breach the first one, in the order of the events
 * @param last the last seal there was: noted elsewhere, it shows later that nothing behind it was removed and nothing before
 *     it replaced. Empty if there was none
 */
public record Verification(long verified, long unsealed, Optional<Breach> breach, Optional<Seal> last) {

    /** Whether all that is sealed is as it was. */
    public boolean isIntact() {
        return breach.isEmpty();
    }

    /** @throws IntegrityException if something sealed isn't as it was; the message says where */
    public void requireIntact() {
        breach.ifPresent(found -> {
            throw new IntegrityException(found);
        });
    }
}
