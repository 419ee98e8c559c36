package io.eventsourcing.store;

import java.util.Objects;
import java.util.Optional;

/**
 * Some of a store's streams, chosen by their names. Immutable. Names are compared character by character.
 *
 * <p>A backend has to find the streams whose names begin with {@link #prefix()}, and the one named {@link #name()}.
 */
public final class StreamFilter {

    private static final StreamFilter ALL = new StreamFilter("", Optional.empty(), "all streams");

    private final String prefix;
    private final Optional<String> name;
    private final String description;

    private StreamFilter(String prefix, Optional<String> name, String description) {
        this.prefix = prefix;
        this.name = name;
        this.description = description;
    }

    public static StreamFilter all() {
        return ALL;
    }

    /**
     * A tree: for {@code /books}, the stream of that name and those whose names begin with {@code /books/}, but not {@code
     * /bookshop}. The tree {@code /} is all streams, also those whose names don't begin with a slash.
     *
     * @throws IllegalArgumentException if the root doesn't begin with a slash, ends with one, or has two in a row
     */
    public static StreamFilter tree(String root) {
        if (root.equals("/")) {
            return ALL;
        }
        if (!root.startsWith("/") || root.endsWith("/") || root.contains("//")) {
            throw new IllegalArgumentException("A tree of streams is / or a name such as /books or /books/42, not '"
                    + root + "'. Streams whose names begin in any other way are StreamFilter.prefix");
        }
        PlainText.require("tree", root);
        return new StreamFilter(root + "/", Optional.of(root), "the tree " + root);
    }

    /**
     * The streams whose names begin so: {@code Dog-} for all aggregates of the type {@code Dog}.
     *
     * @throws IllegalArgumentException if it is empty
     */
    public static StreamFilter prefix(String prefix) {
        if (prefix.isEmpty()) {
            throw new IllegalArgumentException(
                    "A prefix has at least one character; all streams are StreamFilter.all()");
        }
        PlainText.require("prefix", prefix);
        return new StreamFilter(prefix, Optional.empty(), "the streams that begin with " + prefix);
    }

    /** What the names begin with; empty for all streams. */
    public String prefix() {
        return prefix;
    }

    /** The one stream that belongs to these without beginning so, if there is one. */
    public Optional<String> name() {
        return name;
    }

    public boolean isAll() {
        return prefix.isEmpty();
    }

    public boolean matches(StreamName stream) {
        return stream.value().startsWith(prefix)
                || name.isPresent() && name.get().equals(stream.value());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof StreamFilter that && prefix.equals(that.prefix) && name.equals(that.name);
    }

    @Override
    public int hashCode() {
        return Objects.hash(prefix, name);
    }

    @Override
    public String toString() {
        return description;
    }
}
