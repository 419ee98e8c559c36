package io.eventsourcing.test;

import java.util.List;
import java.util.function.Function;

/** Events as lines of a message. */
final class Lines {

    private Lines() {}

    static String of(List<SpokenEvent> events) {
        return of(events, SpokenEvent::toString);
    }

    static String of(List<SpokenEvent> events, Function<SpokenEvent, String> text) {
        if (events.isEmpty()) {
            return "\n  nothing";
        }
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < events.size(); i++) {
            lines.append("\n  ").append(i + 1).append(". ").append(text.apply(events.get(i)));
        }
        return lines.toString();
    }
}
