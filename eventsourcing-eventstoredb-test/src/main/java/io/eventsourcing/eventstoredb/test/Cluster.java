package io.eventsourcing.eventstoredb.test;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** The servers that share a log, and which of them leads: at first the first one. Thread-safe. */
final class Cluster {

    private final List<EventStoreDbServer> members = new CopyOnWriteArrayList<>();
    private volatile @Nullable EventStoreDbServer leader;

    void join(EventStoreDbServer member) {
        members.add(member);
        if (leader == null) {
            leader = member;
        }
    }

    void leave(EventStoreDbServer member) {
        members.remove(member);
    }

    void lead(EventStoreDbServer member) {
        leader = member;
    }

    boolean isLedBy(EventStoreDbServer member) {
        return member == leader;
    }

    List<EventStoreDbServer> members() {
        return members;
    }

    /** Where the leader is, if it is another server. */
    Optional<LeaderAddress> leaderBeside(EventStoreDbServer member) {
        return Optional.ofNullable(leader).filter(current -> current != member).map(EventStoreDbServer::address);
    }
}
