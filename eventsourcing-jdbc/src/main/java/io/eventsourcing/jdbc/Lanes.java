package io.eventsourcing.jdbc;

import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Doors beside each other, for appends that mind tags: while the server looks at the tags of one batch, this process makes
 * another one. Whoever needs what somebody at one of the doors needs goes there too, as at different doors they would get
 * into each other's way. All others go to the first door, where more of them are cheaper together. Thread-safe.
 */
final class Lanes {

    /** A stream or a tag that somebody at a door needs. */
    private static final class Needed {
        private final int lane;
        private int requests;

        Needed(int lane) {
            this.lane = lane;
        }
    }

    private final List<GroupCommit> lanes;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Object, Needed> needed = new HashMap<>();
    private final int[] occupied;

    Lanes(int count, GroupCommit.Writer writer, Duration timeout) {
        lanes = Stream.generate(() -> new GroupCommit(writer, timeout))
                .limit(count)
                .toList();
        occupied = new int[count];
    }

    /** See {@link GroupCommit#append}. */
    void append(AppendRequest request) {
        if (lanes.size() == 1 || !request.mindsTags()) {
            lanes.get(0).append(request);
            return;
        }
        Set<Object> needs = request.needs();
        int lane = enter(needs);
        try {
            lanes.get(lane).append(request);
        } finally {
            leave(needs, lane);
        }
    }

    private int enter(Set<Object> needs) {
        lock.lock();
        try {
            int lane = choose(needs);
            occupied[lane]++;
            needs.forEach(each -> needed.computeIfAbsent(each, key -> new Needed(lane)).requests++);
            return lane;
        } finally {
            lock.unlock();
        }
    }

    private int choose(Set<Object> needs) {
        for (Object each : needs) {
            Needed others = needed.get(each);
            if (others != null) {
                return others.lane;
            }
        }
        int fewest = Arrays.stream(occupied).min().orElseThrow();
        int lane = 0;
        while (occupied[lane] > fewest) {
            lane++;
        }
        return lane;
    }

    private void leave(Set<Object> needs, int lane) {
        lock.lock();
        try {
            occupied[lane]--;
            needs.forEach(each -> needed.computeIfPresent(each, (key, others) -> left(others)));
        } finally {
            lock.unlock();
        }
    }

    private static @Nullable Needed left(Needed others) {
        others.requests--;
        return others.requests == 0 ? null : others;
    }

    AppendStatistics statistics() {
        return lanes.stream()
                .map(GroupCommit::statistics)
                .reduce(AppendStatistics::plus)
                .orElseThrow();
    }

    /** Returns when everything that has come before is written. */
    void close() {
        lanes.forEach(GroupCommit::close);
    }
}
