package io.eventsourcing.spring;

import java.sql.Driver;
import java.util.Arrays;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanClassLoaderAware;
import org.springframework.boot.autoconfigure.AutoConfigurationImportFilter;
import org.springframework.boot.autoconfigure.AutoConfigurationMetadata;
import org.springframework.context.EnvironmentAware;
import org.springframework.core.env.Environment;

/**
 * Leaves out Spring Boot's data source where there is no JDBC driver and no property asks for one. It comes with what the
 * jdbc module needs, so it would keep an application from starting whose events are kept elsewhere.
 */
final class MissingDriverFilter implements AutoConfigurationImportFilter, EnvironmentAware, BeanClassLoaderAware {

    private static final String DATA_SOURCE = "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration";

    private @Nullable Environment environment;
    private @Nullable ClassLoader classLoader;

    @Override
    public void setEnvironment(Environment environment) {
        this.environment = environment;
    }

    @Override
    public void setBeanClassLoader(ClassLoader classLoader) {
        this.classLoader = classLoader;
    }

    @Override
    public boolean[] match(@Nullable String[] candidates, AutoConfigurationMetadata metadata) {
        boolean[] matches = new boolean[candidates.length];
        Arrays.fill(matches, true);
        int dataSource = Arrays.asList(candidates).indexOf(DATA_SOURCE);
        if (dataSource >= 0) {
            matches[dataSource] = isAskedFor() || isThereADriver();
        }
        return matches;
    }

    private boolean isAskedFor() {
        Environment properties = environment;
        return properties != null
                && Stream.of("url", "driver-class-name", "jndi-name", "type")
                        .anyMatch(name -> properties.containsProperty("spring.datasource." + name));
    }

    private boolean isThereADriver() {
        return ServiceLoader.load(Driver.class, classLoader).stream().findAny().isPresent();
    }
}
