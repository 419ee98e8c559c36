package io.eventsourcing.spring;

import io.eventsourcing.store.PersistenceModules;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.OriginLookup;
import org.springframework.boot.origin.PropertySourceOrigin;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;

/**
 * Makes {@code PERSISTENCE_MODULE} a synonym of {@code eventsourcing.persistence-module}. It wins over configuration files
 * and loses to {@code EVENTSOURCING_PERSISTENCE_MODULE}, system properties and command line arguments of the longer name.
 */
final class PersistenceModuleEnvironmentPostProcessor implements EnvironmentPostProcessor, Ordered {

    static final String PROPERTY = "eventsourcing.persistence-module";

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        MutablePropertySources sources = environment.getPropertySources();
        if (sources.contains(Synonym.NAME)) {
            return;
        }
        Synonym synonym = new Synonym(sources);
        if (sources.contains(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME)) {
            sources.addAfter(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, synonym);
        } else {
            sources.addLast(synonym);
        }
    }

    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE;
    }

    /** Looks when it is asked, so that sources that are added later, as tests add them, count too. */
    private static final class Synonym extends EnumerablePropertySource<MutablePropertySources>
            implements OriginLookup<String> {

        static final String NAME = "eventsourcing-persistence-module";

        /** Spring Boot's view of all the others, this one included. */
        private static final String ATTACHED_VIEW = "configurationProperties";

        Synonym(MutablePropertySources sources) {
            super(NAME, sources);
        }

        @Override
        public String[] getPropertyNames() {
            return find() == null ? new String[0] : new String[] {PROPERTY};
        }

        @Override
        public @Nullable Object getProperty(String name) {
            PropertySource<?> found = PROPERTY.equals(name) ? find() : null;
            return found == null ? null : value(found);
        }

        @Override
        public @Nullable Origin getOrigin(String name) {
            PropertySource<?> found = PROPERTY.equals(name) ? find() : null;
            return found == null ? null : PropertySourceOrigin.get(found, PersistenceModules.SETTING);
        }

        private @Nullable PropertySource<?> find() {
            for (PropertySource<?> each : getSource()) {
                if (each != this
                        && !ATTACHED_VIEW.equals(each.getName())
                        && !value(each).isEmpty()) {
                    return each;
                }
            }
            return null;
        }

        private static String value(PropertySource<?> source) {
            Object value = source.getProperty(PersistenceModules.SETTING);
            return value == null ? "" : value.toString().strip();
        }
    }
}
