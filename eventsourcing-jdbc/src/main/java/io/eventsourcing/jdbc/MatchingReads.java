package io.eventsourcing.jdbc;

import io.eventsourcing.store.EventPredicate;
import io.eventsourcing.store.PagedEvents;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Reads the events of all streams, without those that the database can tell to be unwanted. Thread-safe. */
final class MatchingReads {

    private static final TextSearch H2_TEXTS = new TextSearch("LOCATE(?, UTF8TOSTRING(e.data)) > 0", text -> text);

    private static final TextSearch POSTGRES_TEXTS =
            new TextSearch("position(? IN e.data) > 0", text -> text.getBytes(StandardCharsets.UTF_8));

    private final EventReads reads;
    private final Vendor.Sql sql;
    private final TextSearch texts;

    MatchingReads(EventReads reads, Vendor vendor) {
        this.reads = reads;
        this.sql = vendor.sql();
        this.texts = switch (vendor) {
            case H2 -> H2_TEXTS;
            case POSTGRESQL -> POSTGRES_TEXTS;
        };
    }

    /** @param tenant whose streams are meant; empty for those of all tenants */
    PagedEvents.PageReader pages(EventPredicate predicate, Optional<String> tenant) {
        return reads.all(new PredicateSql(sql, texts, tenant).of(predicate));
    }
}
