package io.eventsourcing.store;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which events a decision depends on, by their types and tags: those that match one of its items. Immutable.
 *
 * <p>The idea and the words are those of the Dynamic Consistency Boundary specification.
 *
 * @param items at least one
 */
public record EventQuery(List<Item> items) {

    /** The longest tag, in characters. */
    public static final int MAX_TAG_LENGTH = 200;

    /** @throws IllegalArgumentException if there are no items: nothing would match */
    public EventQuery {
        items = List.copyOf(items);
        if (items.isEmpty()) {
            throw new IllegalArgumentException("A query has at least one item, else it matches nothing");
        }
    }

    /**
     * Matches events of one of the types, if there are types, that have all of the tags.
     *
     * @param types empty for all types
     * @param tags empty for events with any tags, or none
     */
    public record Item(Set<String> types, Set<String> tags) {

        /** @throws IllegalArgumentException if there is neither a type nor a tag, or a tag can't be one */
        public Item {
            types = Set.copyOf(types);
            tags = Set.copyOf(tags);
            if (types.isEmpty() && tags.isEmpty()) {
                throw new IllegalArgumentException(
                        "An item of a query has a type or a tag, else it matches everything");
            }
            tags.forEach(EventQuery::requireTag);
        }

        boolean matches(String type, Set<String> eventTags) {
            return (types.isEmpty() || types.contains(type)) && eventTags.containsAll(tags);
        }

        @Override
        public String toString() {
            List<String> parts = new ArrayList<>();
            if (!types.isEmpty()) {
                parts.add("of type " + String.join(" or ", sorted(types)));
            }
            if (!tags.isEmpty()) {
                parts.add("tagged " + String.join(" and ", sorted(tags)));
            }
            return String.join(" ", parts);
        }

        private static List<String> sorted(Collection<String> texts) {
            return texts.stream().sorted().toList();
        }
    }

    /** Events of any type that have all of these tags. */
    public static EventQuery tagged(String... tags) {
        return new EventQuery(List.of(new Item(Set.of(), Set.of(tags))));
    }

    /** Events of one of these types, whatever their tags. */
    public static EventQuery ofTypes(String... types) {
        return new EventQuery(List.of(new Item(Set.of(types), Set.of())));
    }

    /** The same, of events that also have all of these tags. */
    public EventQuery andTagged(String... tags) {
        return new EventQuery(items.stream()
                .map(item -> new Item(item.types, union(item.tags, Set.of(tags))))
                .toList());
    }

    private static Set<String> union(Set<String> one, Set<String> other) {
        Set<String> union = new HashSet<>(one);
        union.addAll(other);
        return union;
    }

    /** What matches this or the other one. */
    public EventQuery or(EventQuery other) {
        List<Item> all = new ArrayList<>(items);
        all.addAll(other.items);
        return new EventQuery(all);
    }

    /** Whether an event of this type, with these tags, is one of them. */
    public boolean matches(String type, Set<String> tags) {
        return items.stream().anyMatch(item -> item.matches(type, tags));
    }

    static void requireTag(String tag) {
        if (tag.isBlank() || tag.length() > MAX_TAG_LENGTH) {
            throw new IllegalArgumentException("A tag has 1 to " + MAX_TAG_LENGTH + " characters, not '" + tag + "'");
        }
        PlainText.require("tag", tag);
    }

    @Override
    public String toString() {
        return "events "
                + String.join(", or ", items.stream().map(Item::toString).toList());
    }
}
