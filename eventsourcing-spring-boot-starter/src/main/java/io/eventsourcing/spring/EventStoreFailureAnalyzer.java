package io.eventsourcing.spring;

import io.eventsourcing.jdbc.SchemaNotCurrentException;
import io.eventsourcing.store.EventStoreException;
import io.eventsourcing.store.PersistenceModuleException;
import io.eventsourcing.store.StoreUnavailableException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says what to do about each way in which the event store can keep an application from starting. */
final class EventStoreFailureAnalyzer extends AbstractFailureAnalyzer<EventStoreException> {

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable rootFailure, EventStoreException cause) {
        String action = action(cause);
        return action == null ? null : new FailureAnalysis(cause.getMessage(), action, cause);
    }

    private static @Nullable String action(EventStoreException cause) {
        if (cause instanceof PersistenceModuleException e) {
            return "Set eventsourcing.persistence-module, or PERSISTENCE_MODULE, to one of: "
                    + String.join(", ", e.found());
        }
        if (cause instanceof DataSourceMissingException e) {
            return e.found() == 0
                    ? "Add a JDBC driver such as com.h2database:h2 or org.postgresql:postgresql and set"
                            + " spring.datasource.url; or keep events elsewhere: eventsourcing.persistence-module=memory"
                    : "Name the bean to use in eventsourcing.jdbc.data-source and its transaction manager in"
                            + " eventsourcing.jdbc.transaction-manager, or mark one of them @Primary.";
        }
        if (cause instanceof SchemaNotCurrentException) {
            return "Set eventsourcing.jdbc.initialize-schema=always, or let Flyway or Liquibase run the scripts in"
                    + " classpath:io/eventsourcing/jdbc/schema.";
        }
        if (cause instanceof StoreUnavailableException) {
            return "Start the database, or correct spring.datasource.url, spring.datasource.username and"
                    + " spring.datasource.password.";
        }
        return null;
    }
}
