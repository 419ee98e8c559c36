package io.eventsourcing.memory;

import io.eventsourcing.projection.DeadLetter;
import io.eventsourcing.projection.DeadLetters;
import io.eventsourcing.store.StreamName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Keeps dead letters in memory. Thread-safe. */
final class MemoryDeadLetters implements DeadLetters {

    private record Parked(DeadLetter letter, @Nullable Request request) {

        Parked of(String projection) {
            return new Parked(letter.of(projection), request);
        }
    }

    /** Of each projection, by commit position. */
    private final Map<String, NavigableMap<Long, Parked>> parked = new TreeMap<>();

    synchronized void put(DeadLetter letter) {
        of(letter.projection()).put(letter.commitPosition(), new Parked(letter, null));
    }

    synchronized void remove(DeadLetter letter) {
        of(letter.projection()).remove(letter.commitPosition());
    }

    synchronized void removeAll(String projection) {
        parked.remove(projection);
    }

    /** Those of one projection become those of another, instead of its own. */
    synchronized void replace(String projection, String other) {
        removeAll(projection);
        NavigableMap<Long, Parked> moved = of(projection);
        of(other).forEach((position, letter) -> moved.put(position, letter.of(projection)));
        removeAll(other);
    }

    private NavigableMap<Long, Parked> of(String projection) {
        return parked.computeIfAbsent(projection, name -> new TreeMap<>());
    }

    private Stream<DeadLetter> letters(String projection, Predicate<DeadLetter> condition, int limit) {
        return of(projection).values().stream()
                .map(Parked::letter)
                .filter(condition)
                .limit(limit);
    }

    @Override
    public synchronized Set<StreamName> streams(String projection) {
        return letters(projection, letter -> true, Integer.MAX_VALUE)
                .map(DeadLetter::stream)
                .collect(Collectors.toSet());
    }

    @Override
    public synchronized List<DeadLetter> ofStream(String projection, StreamName stream, int limit) {
        return letters(projection, letter -> letter.stream().equals(stream), limit)
                .toList();
    }

    @Override
    public synchronized List<DeadLetter> first(String projection, int limit) {
        return letters(projection, letter -> true, limit).toList();
    }

    @Override
    public synchronized long count(String projection) {
        return of(projection).size();
    }

    @Override
    public synchronized boolean request(String projection, StreamName stream, Request request) {
        List<DeadLetter> letters = ofStream(projection, stream, Integer.MAX_VALUE);
        Request now = request;
        for (DeadLetter letter : letters) {
            of(projection).put(letter.commitPosition(), new Parked(letter, now));
            now = Request.RETRY;
        }
        return !letters.isEmpty();
    }

    @Override
    public synchronized Map<StreamName, Request> requests(String projection) {
        Map<StreamName, @Nullable Request> ofFirst = new HashMap<>();
        of(projection).values().forEach(each -> {
            if (!ofFirst.containsKey(each.letter().stream())) {
                ofFirst.put(each.letter().stream(), each.request());
            }
        });
        Map<StreamName, Request> requests = new HashMap<>();
        ofFirst.forEach((stream, request) -> {
            if (request != null) {
                requests.put(stream, request);
            }
        });
        return requests;
    }
}
