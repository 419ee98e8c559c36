package io.eventsourcing.spring;

import io.eventsourcing.projection.ProjectionStatus;
import io.eventsourcing.projection.Projections;
import java.time.Duration;
import java.util.Optional;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/** Down if a projection is farther behind than it may be, or nothing can be done for any of them. */
final class ProjectionsHealthIndicator extends AbstractHealthIndicator {

    private final Projections projections;
    private final Duration maxBehind;

    ProjectionsHealthIndicator(Projections projections, Duration maxBehind) {
        super("The projections can't be looked at");
        this.projections = projections;
        this.maxBehind = maxBehind;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        builder.up();
        projections.failure().ifPresent(builder::down);
        for (String name : projections.names()) {
            Optional<ProjectionStatus> status = projections.status(name);
            builder.withDetail(
                    name, status.map(ProjectionsHealthIndicator::text).orElse("not begun"));
            if (status.filter(this::isTooFarBehind).isPresent()) {
                builder.down();
            }
        }
    }

    /** What rests, rests because somebody wants it to. */
    private boolean isTooFarBehind(ProjectionStatus status) {
        return !status.paused() && status.behind().compareTo(maxBehind) > 0;
    }

    private static String text(ProjectionStatus status) {
        return (status.paused() ? "paused, " : "")
                + (status.lag() == 0
                        ? "up to date"
                        : "behind by " + status.behind().toSeconds() + " s")
                + (status.deadLetters() == 0 ? "" : ", " + status.deadLetters() + " events parked");
    }
}
