package io.eventsourcing.spring;

import io.eventsourcing.jdbc.JdbcEventStore;
import io.eventsourcing.jdbc.OpenAppend;
import io.eventsourcing.store.EventStore;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/** Down if a transaction that has appended stays open, and readers of all events wait for it; it says whose that is. */
final class EventFeedHealthIndicator extends AbstractHealthIndicator {

    private final EventStore store;
    private final Duration maxOpenAppend;

    EventFeedHealthIndicator(EventStore store, Duration maxOpenAppend) {
        super("It can't be seen what readers of all events wait for");
        this.store = store;
        this.maxOpenAppend = maxOpenAppend;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        List<OpenAppend> late = store instanceof JdbcEventStore jdbc
                ? jdbc.openAppends().stream()
                        .filter(open -> open.age().compareTo(maxOpenAppend) > 0)
                        .toList()
                : List.of();
        builder.up();
        if (!late.isEmpty()) {
            builder.down()
                    .withDetail(
                            "openAppends",
                            late.stream().map(EventFeedHealthIndicator::text).toList());
        }
    }

    private static String text(OpenAppend open) {
        return (open.processId() == 0 ? "a prepared transaction" : "process " + open.processId())
                + (open.application().isEmpty() ? "" : " (" + open.application() + ")")
                + ", open for " + open.age().toSeconds() + " s";
    }
}
