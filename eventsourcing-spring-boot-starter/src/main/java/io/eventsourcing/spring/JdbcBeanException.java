package io.eventsourcing.spring;

import io.eventsourcing.store.EventStoreException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The jdbc module was chosen, and the application's beans don't say which database it is to use. */
final class JdbcBeanException extends EventStoreException {

    private final String cure;

    private JdbcBeanException(String message, String cure) {
        super(message);
        this.cure = cure;
    }

    /** @param names of all data sources, none of which comes first */
    static JdbcBeanException noSingleDataSource(List<String> names) {
        return names.isEmpty()
                ? new JdbcBeanException(
                        "There is no DataSource to keep events in",
                        "Add a JDBC driver such as com.h2database:h2 or org.postgresql:postgresql and set"
                                + " spring.datasource.url; or keep events elsewhere:"
                                + " eventsourcing.persistence-module=memory")
                : new JdbcBeanException(
                        "There are several DataSources that events could be kept in: " + String.join(", ", names),
                        "Name the one to use in eventsourcing.jdbc.data-source, or mark it @Primary.");
    }

    static JdbcBeanException notThere(String property, String name, Class<?> type, List<String> names) {
        return new JdbcBeanException(
                property + " is '" + name + "', and there is no " + type.getSimpleName() + " of that name",
                names.isEmpty()
                        ? "Add one, or leave the property out."
                        : "Set it to one of: " + String.join(", ", names));
    }

    static JdbcBeanException wrongTransactionManager(String property, @Nullable String name) {
        return new JdbcBeanException(
                property + " is '" + name + "', which manages another DataSource than the one that keeps events",
                "Name the one of that DataSource, or leave the property out.");
    }

    /** What to do about it. */
    String cure() {
        return cure;
    }
}
