package io.eventsourcing.spring;

import io.eventsourcing.jdbc.SchemaNotCurrentException;
import io.eventsourcing.store.EventStoreException;
import io.eventsourcing.store.PersistenceModuleException;
import io.eventsourcing.store.StoreUnavailableException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.env.Environment;

/** Says what to do about each way in which the event store can keep an application from starting. */
final class EventStoreFailureAnalyzer extends AbstractFailureAnalyzer<EventStoreException> {

    private static final ConfigurationPropertyName MODULE =
            ConfigurationPropertyName.of(PersistenceModuleEnvironmentPostProcessor.PROPERTY);

    /** As URLs of databases have it, which drivers quote when they don't understand them. */
    private static final Pattern PASSWORD = Pattern.compile("(?i)(password=)[^&;\\s\"']*");

    private final @Nullable Environment environment;

    EventStoreFailureAnalyzer(@Nullable Environment environment) {
        this.environment = environment;
    }

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable rootFailure, EventStoreException cause) {
        String action = action(cause);
        return action == null ? null : new FailureAnalysis(description(cause), action, cause);
    }

    private String description(EventStoreException cause) {
        String message = String.valueOf(cause.getMessage());
        if (cause instanceof PersistenceModuleException) {
            return message + origin();
        }
        String reason =
                String.valueOf(NestedExceptionUtils.getMostSpecificCause(cause).getMessage());
        return message.equals(reason)
                ? message
                : message + ": " + PASSWORD.matcher(reason).replaceAll("$1***");
    }

    /** Where the name that was asked for comes from, as Spring Boot says it of other properties. */
    private String origin() {
        if (environment == null) {
            return "";
        }
        for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
            ConfigurationProperty property = source.getConfigurationProperty(MODULE);
            if (property != null && !property.getValue().toString().isBlank()) {
                return "%n%n    Property: %s%n    Value: \"%s\"%n    Origin: %s"
                        .formatted(MODULE, property.getValue(), property.getOrigin());
            }
        }
        return "";
    }

    private boolean usesEventStoreDb() {
        return environment != null
                && environment
                        .getProperty(PersistenceModuleEnvironmentPostProcessor.PROPERTY, "")
                        .endsWith("eventstoredb");
    }

    private @Nullable String action(EventStoreException cause) {
        if (cause instanceof PersistenceModuleException e) {
            return "Set eventsourcing.persistence-module, or PERSISTENCE_MODULE, to one of: "
                    + String.join(", ", e.found());
        }
        if (cause instanceof JdbcBeanException e) {
            return e.cure();
        }
        if (cause instanceof EventStoreDbSettingsException) {
            return "Correct eventsourcing.eventstoredb.uri, or EVENTSTOREDB_URI, and what belongs to it.";
        }
        if (cause instanceof StoreUnavailableException) {
            return usesEventStoreDb()
                    ? "Start the server, or correct eventsourcing.eventstoredb.uri, or EVENTSTOREDB_URI. If it comes later:"
                            + " eventsourcing.eventstoredb.lazy-start=true"
                    : "Start the database, or correct spring.datasource.url, spring.datasource.username and"
                            + " spring.datasource.password.";
        }
        // last, since the jdbc module need not be on the class path
        if (cause instanceof SchemaNotCurrentException) {
            return "Set eventsourcing.jdbc.initialize-schema=always, or let Flyway or Liquibase run the scripts in"
                    + " classpath:io/eventsourcing/jdbc/schema. If a newer version of this library has made the tables,"
                    + " use that version.";
        }
        return null;
    }
}
