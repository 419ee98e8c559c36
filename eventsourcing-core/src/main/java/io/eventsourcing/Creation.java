package io.eventsourcing;

import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the constructor of {@link Aggregate} must know and its subclasses can't tell it, since it runs before their bodies:
 * whether it is a replay, and the arguments that an id is derived from. Both are handed over on the thread.
 */
final class Creation {

    /** That an aggregate of this class is made again from its first event. */
    record Replay(Class<?> type, UUID id, Clock clock) {}

    /** That this constructor was called with these arguments. */
    record Start(String constructor, Object[] arguments) {}

    private static final ThreadLocal<@Nullable Replay> REPLAY = new ThreadLocal<>();
    private static final ThreadLocal<Map<Class<?>, Start>> STARTS = ThreadLocal.withInitial(HashMap::new);

    private Creation() {}

    /** The outermost constructor of a class comes first, but any of them will do: all of them know the arguments. */
    static void starting(Class<?> type, String constructor, Object[] arguments) {
        if (IdFactory.isDeclaredFor(type)) {
            STARTS.get().put(type, new Start(constructor, arguments));
        }
    }

    /** The constructor that is running now. */
    static @Nullable Start takeStart(Class<?> type) {
        return STARTS.get().remove(type);
    }

    static void replaying(Replay replay) {
        REPLAY.set(replay);
    }

    static void replayed() {
        REPLAY.remove();
    }

    /** The replay that makes an object of this class, if there is one; it makes no second one. */
    static @Nullable Replay replayOf(Class<?> type) {
        Replay replay = REPLAY.get();
        if (replay == null || replay.type() != type) {
            return null;
        }
        REPLAY.remove();
        return replay;
    }
}
