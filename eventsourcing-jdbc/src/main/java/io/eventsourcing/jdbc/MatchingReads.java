package io.eventsourcing.jdbc;

import io.eventsourcing.store.EventPredicate;
import io.eventsourcing.store.EventPredicate.DataCompares;
import io.eventsourcing.store.RecordedEvent;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** Pages of the events of all streams, without those that the database can tell to be unwanted. Thread-safe. */
final class MatchingReads {

    private static final TextSearch H2_TEXTS = new TextSearch("LOCATE(?, UTF8TOSTRING(e.data)) > 0", text -> text);

    private final JdbcTemplate jdbc;
    private final EventReads reads;
    private final Vendor vendor;
    private volatile @Nullable PredicateSql predicates;

    MatchingReads(JdbcTemplate jdbc, EventReads reads, Vendor vendor) {
        this.jdbc = jdbc;
        this.reads = reads;
        this.vendor = vendor;
    }

    List<RecordedEvent> page(EventPredicate predicate, OptionalLong from, boolean backwards, int count) {
        return reads.allPage(predicates().of(predicate), from, backwards, count);
    }

    private PredicateSql predicates() {
        PredicateSql known = predicates;
        if (known == null) {
            known = new PredicateSql(vendor == Vendor.POSTGRESQL ? PostgresData.on(jdbc) : MatchingReads::ofH2);
            predicates = known;
        }
        return known;
    }

    /** As JSON, H2 fails on what is none. */
    private static SqlCondition ofH2(DataCompares comparison) {
        return TextSearch.canFind(comparison) ? H2_TEXTS.of(comparison) : SqlCondition.any();
    }
}
