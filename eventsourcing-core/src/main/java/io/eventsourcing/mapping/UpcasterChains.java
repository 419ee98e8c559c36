package io.eventsourcing.mapping;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Upcasters by what they read, of which it is known that they lead somewhere. Immutable. */
final class UpcasterChains {

    private final Map<String, Map<Integer, Upcaster>> steps = new TreeMap<>();

    /** The revisions of each type that upcasters of other types make. */
    private final Map<String, NavigableSet<Integer>> entries = new TreeMap<>();

    /** @throws UpcasterException if there are two for one step, a gap or a cycle; the message names them */
    UpcasterChains(Collection<? extends Upcaster> upcasters) {
        upcasters.forEach(this::add);
        upcasters.forEach(this::requireAllowedTargets);
        steps.keySet().forEach(this::requireNoGap);
        upcasters.forEach(upcaster -> requireNoCycle(upcaster.from(), new ArrayList<>(), new HashSet<>()));
    }

    Upcaster step(EventRevision revision) {
        Upcaster step = find(revision.type()).get(revision.revision());
        if (step == null) {
            throw new IllegalArgumentException("There is no upcaster of " + revision);
        }
        return step;
    }

    /** Of the steps that begin with a type of this prefix: from where to where. */
    List<String> descriptions(String typePrefix) {
        return steps.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(typePrefix))
                .flatMap(entry -> entry.getValue().values().stream())
                .map(step -> step.from() + " to "
                        + step.to().stream()
                                .map(EventRevision::toString)
                                .sorted()
                                .toList())
                .sorted()
                .toList();
    }

    boolean leadsOn(EventRevision revision) {
        return leadsOn(revision.type(), revision.revision());
    }

    boolean leadsOn(String type, int revision) {
        return !steps.isEmpty() && find(type).containsKey(revision);
    }

    /**
     * @param current what the program knows
     * @throws UpcasterException if events of the type would be led elsewhere, or end before it
     */
    void requireEnd(EventRevision current) {
        int first = firstRevision(current.type());
        for (int revision = Math.min(first, current.revision()); revision < current.revision(); revision++) {
            if (!leadsOn(current.type(), revision)) {
                throw new UpcasterException(
                        current + " is what this program knows, and nothing leads there from revision " + revision
                                + ": add Upcaster.from(\"" + current.type() + "\", " + revision + ")");
            }
        }
        if (leadsOn(current)) {
            throw new UpcasterException(
                    "The upcaster of " + current + " leads to " + step(current).to()
                            + ", but this program knows revision " + current.revision()
                            + ": give @Event the newest revision, or take the event away if the upcaster drops or renames it");
        }
        requireNothingBeyond(current);
    }

    private void requireNothingBeyond(EventRevision current) {
        for (int made : entries.getOrDefault(current.type(), new TreeSet<>())) {
            if (made > current.revision()) {
                throw new UpcasterException("An upcaster makes revision " + made + " of " + current.type()
                        + ", but this program knows revision " + current.revision()
                        + ": give @Event the newest revision");
            }
        }
    }

    /** The type, and all from whose events upcasters make events of it. */
    Set<String> sources(String type) {
        Set<String> found = new LinkedHashSet<>(Set.of(type));
        boolean grows = true;
        while (grows) {
            grows = found.addAll(steps.entrySet().stream()
                    .filter(step -> step.getValue().values().stream()
                            .flatMap(upcaster -> upcaster.to().stream())
                            .anyMatch(target -> found.contains(target.type())))
                    .map(Map.Entry::getKey)
                    .toList());
        }
        return found;
    }

    private Map<Integer, Upcaster> find(String type) {
        return steps.getOrDefault(type, Map.of());
    }

    private void add(Upcaster upcaster) {
        EventRevision from = upcaster.from();
        Upcaster other =
                steps.computeIfAbsent(from.type(), type -> new TreeMap<>()).putIfAbsent(from.revision(), upcaster);
        if (other != null) {
            throw new UpcasterException("There are two upcasters of " + from + ", " + other + " and " + upcaster
                    + ": keep one, since nothing says which comes first");
        }
        upcaster.to().stream()
                .filter(target -> !target.type().equals(from.type()))
                .forEach(target -> entries.computeIfAbsent(target.type(), type -> new TreeSet<>())
                        .add(target.revision()));
    }

    private void requireAllowedTargets(Upcaster upcaster) {
        EventRevision from = upcaster.from();
        for (EventRevision target : upcaster.to()) {
            if (target.type().equals(from.type()) && !target.equals(from.next())) {
                throw new UpcasterException(
                        "The upcaster of " + from + " leads to " + target + ": each step goes to the next revision, "
                                + from.next().revision());
            }
        }
    }

    /** The first revision that may be stored, or be made by another type's upcaster. */
    private int firstRevision(String type) {
        NavigableSet<Integer> made = entries.get(type);
        if (made == null) {
            return 1;
        }
        NavigableSet<Integer> read = new TreeSet<>(find(type).keySet());
        return read.isEmpty() ? made.first() : Math.min(made.first(), read.first());
    }

    private void requireNoGap(String type) {
        NavigableSet<Integer> read = new TreeSet<>(find(type).keySet());
        for (int revision = firstRevision(type); revision < read.last(); revision++) {
            if (!read.contains(revision)) {
                throw new UpcasterException(
                        "There is an upcaster of " + type + " revision " + read.last() + ", and none of revision "
                                + revision + ": add the one between them, so that nothing stops there");
            }
        }
    }

    private void requireNoCycle(EventRevision revision, List<EventRevision> path, Set<EventRevision> done) {
        if (path.contains(revision)) {
            throw new UpcasterException("Upcasters lead in a circle: "
                    + path.subList(path.indexOf(revision), path.size()) + " and back to " + revision);
        }
        if (!leadsOn(revision) || done.contains(revision)) {
            return;
        }
        path.add(revision);
        step(revision).to().forEach(target -> requireNoCycle(target, path, done));
        path.remove(path.size() - 1);
        done.add(revision);
    }
}
