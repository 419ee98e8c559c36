package io.eventsourcing.eventql;

import io.eventsourcing.store.AllReader;
import io.eventsourcing.store.AppendCondition;
import java.time.Clock;
import java.time.Duration;
import java.util.Iterator;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Asks questions about the events of a store in EventQL, such as
 *
 * <pre>{@code
 * FROM e IN events WHERE e.type == "Dog.TrickAdded" GROUP BY e.data.trick
 *   PROJECT INTO { trick: UNIQUE(e.data.trick), dogs: COUNT() }
 * }</pre>
 *
 * <p>It works with every store: what a store can look for by itself, it does ({@link
 * io.eventsourcing.store.FilteredReader}); all else is computed while the events are read. A query sees the events that
 * every reader could see when its first row was asked for. The language and its limits are described in {@code
 * docs/eventql.md}.
 *
 * <p>Immutable and thread-safe, if its reader is.
 */
public final class EventQl {

    /** How long a query may take if nothing else is said. */
    public static final Duration DEFAULT_TIME_LIMIT = Duration.ofMinutes(1);

    /** How many rows a query may give if nothing else is said. */
    public static final long DEFAULT_ROW_LIMIT = 1_000_000;

    /** How much a query may keep in memory if nothing else is said. */
    public static final int DEFAULT_KEPT = 100_000;

    private final AllReader reader;
    private final Limits limits;

    private EventQl(AllReader reader, Limits limits) {
        this.reader = reader;
        this.limits = limits;
    }

    /** About the events of this reader, which mostly is a store. It reads on the calling thread, in its transaction. */
    public static EventQl over(AllReader reader) {
        return new EventQl(reader, new Limits(DEFAULT_TIME_LIMIT, DEFAULT_ROW_LIMIT, DEFAULT_KEPT, Clock.systemUTC()));
    }

    /**
     * With another time limit, counted from the call of {@code query}. It is looked at for each event, so a store that takes
     * long to find the next one isn't interrupted.
     *
     * @param limit more than 0
     */
    public EventQl timeLimit(Duration limit) {
        return new EventQl(reader, new Limits(limit, limits.rows(), limits.kept(), limits.clock()));
    }

    /**
     * With another limit for the rows of a result.
     *
     * @param limit 0 or more
     */
    public EventQl rowLimit(long limit) {
        return new EventQl(reader, new Limits(limits.time(), limit, limits.kept(), limits.clock()));
    }

    /**
     * With another limit for what a query keeps in memory: rows to be sorted, groups, the different rows of DISTINCT and of
     * subjects and eventtypes, the rows of each further FROM, and the values of MEDIAN, all together.
     *
     * @param limit 0 or more
     */
    public EventQl keeping(int limit) {
        return new EventQl(reader, new Limits(limits.time(), limits.rows(), limit, limits.clock()));
    }

    EventQl clock(Clock clock) {
        return new EventQl(reader, new Limits(limits.time(), limits.rows(), limits.kept(), clock));
    }

    /**
     * Asks for JSON.
     *
     * @throws EventQlException if the text is no query that makes sense
     */
    public EventQlRows<JsonNode> query(String query) {
        return rows(QueryParser.parse(query), Json::node);
    }

    /**
     * Asks for rows of a type, as Jackson makes them of JSON: a record whose components are called like the fields, or a
     * {@link String}, a {@link Long} and so on where a row is a single value.
     *
     * @throws EventQlException if the text is no query that makes sense; later, if a row can't be one of these
     */
    public <R> EventQlRows<R> query(String query, Class<R> type) {
        Query parsed = QueryParser.parse(query);
        return rows(parsed, value -> convert(parsed, value, type));
    }

    private <R> EventQlRows<R> rows(Query query, Function<@Nullable Object, R> mapping) {
        return new EventQlRows<>(query, new Execution(reader, limits), mapping);
    }

    private static <R> R convert(Query query, @Nullable Object value, Class<R> type) {
        try {
            return Objects.requireNonNull(Json.MAPPER.treeToValue(Json.node(value), type), "null");
        } catch (JacksonException | NullPointerException e) {
            throw new EventQlException(
                    query.projection().expression().at(),
                    "A row is " + Kind.of(value) + " that can't become a " + type.getSimpleName() + ": "
                            + e.getMessage(),
                    e);
        }
    }

    /**
     * A condition for an append: {@link #isTrue} of the store that is appended to, while nobody else appends. The limits are
     * those that are set if nothing is said.
     *
     * @throws EventQlException if the text is no query that makes sense. An append throws what {@link #isTrue} would, as the
     *     cause of an {@link io.eventsourcing.store.EventStoreException}
     */
    public static AppendCondition condition(String query) {
        QueryParser.parse(query);
        return AppendCondition.isTrue(query, all -> over(all).isTrue(query));
    }

    /**
     * Whether the query's only row is {@code true}, as in {@code FROM e IN events WHERE … PROJECT INTO COUNT() == 0}. No row
     * at all is false.
     *
     * @throws EventQlException if the text is no query that makes sense, or if it gives several rows, or one that is neither
     *     true nor false
     */
    public boolean isTrue(String query) {
        Query parsed = QueryParser.parse(query);
        Location at = parsed.projection().expression().at();
        try (EventQlRows<JsonNode> rows = rows(parsed, Json::node)) {
            Iterator<JsonNode> values = rows.iterator();
            if (!values.hasNext()) {
                return false;
            }
            JsonNode value = values.next();
            if (!value.isBoolean() || values.hasNext()) {
                throw new EventQlException(
                        at,
                        "A condition is one row that is true or false, such as COUNT() == 0; this query gives "
                                + (value.isBoolean() ? "several rows" : value));
            }
            return value.booleanValue();
        }
    }
}
