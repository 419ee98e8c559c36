package io.eventsourcing.spring;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * A Spring Boot program as its user starts it. Of the machine that the tests run on it sees neither environment variables
 * nor system properties, so that nothing set there decides a test.
 */
final class Program {

    private final Class<?>[] sources;
    private final Map<String, Object> variables = new HashMap<>();
    private final Map<String, Object> systemProperties = new HashMap<>();
    private final List<String> applicationProperties = new ArrayList<>();
    private final List<String> arguments = new ArrayList<>();
    private boolean database = true;

    private Program(Class<?>... sources) {
        this.sources = sources;
    }

    /** The auto-configuration of the starter, and what it works with. */
    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({
        DataSourceAutoConfiguration.class,
        DataSourceTransactionManagerAutoConfiguration.class,
        JdbcTemplateAutoConfiguration.class,
        TransactionAutoConfiguration.class,
        JdbcModuleAutoConfiguration.class,
        EventStoreDbModuleAutoConfiguration.class,
        EventSourcingAutoConfiguration.class,
        EventStoreHealthAutoConfiguration.class,
        ProjectionsAutoConfiguration.class
    })
    static class Narrow {}

    /** All auto-configuration that there is on the class path. */
    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Whole {}

    /** With no auto-configuration but what these ask for. */
    static Program only(Class<?>... configurations) {
        return new Program(configurations);
    }

    /** With no more auto-configuration than event sourcing needs. */
    static Program narrow(Class<?>... configurations) {
        return new Program(with(Narrow.class, configurations));
    }

    /** With all auto-configuration, but for migration tools, which are turned on by those who have something to migrate. */
    static Program whole(Class<?>... configurations) {
        return new Program(with(Whole.class, configurations));
    }

    /** As {@link #whole}, but nothing says where a database is. */
    static Program withoutDatabase(Class<?>... configurations) {
        Program program = whole(configurations);
        program.database = false;
        return program;
    }

    private static Class<?>[] with(Class<?> first, Class<?>... more) {
        return Stream.concat(Stream.of(first), Arrays.stream(more)).toArray(Class<?>[]::new);
    }

    /** An environment variable. */
    Program variable(String nameAndValue) {
        put(variables, nameAndValue);
        return this;
    }

    Program systemProperty(String nameAndValue) {
        put(systemProperties, nameAndValue);
        return this;
    }

    /** A line of application.properties. */
    Program property(String line) {
        applicationProperties.add(line);
        return this;
    }

    /** Of the command line. */
    Program argument(String argument) {
        arguments.add(argument);
        return this;
    }

    private static void put(Map<String, Object> values, String nameAndValue) {
        int equals = nameAndValue.indexOf('=');
        values.put(nameAndValue.substring(0, equals), nameAndValue.substring(equals + 1));
    }

    /** A database of its own for each start, unless the program says which. */
    ConfigurableApplicationContext start() {
        return application().run(arguments.toArray(String[]::new));
    }

    SpringApplication application() {
        SpringApplication application = new SpringApplication(sources);
        application.setEnvironment(environment());
        application.setDefaultProperties(defaults());
        application.setLogStartupInfo(false);
        application.setRegisterShutdownHook(false);
        return application;
    }

    private Map<String, Object> defaults() {
        Map<String, Object> defaults = new HashMap<>(Map.of(
                "spring.main.banner-mode", "off",
                "spring.main.web-application-type", "none",
                "spring.flyway.enabled", "false",
                "spring.liquibase.enabled", "false"));
        if (database) {
            defaults.put("spring.datasource.url", "jdbc:h2:mem:" + UUID.randomUUID());
        }
        return defaults;
    }

    private StandardEnvironment environment() {
        if (!applicationProperties.isEmpty()) {
            systemProperties.put(
                    "spring.config.location",
                    writeApplicationProperties().toUri().toString());
        }
        StandardEnvironment environment = new StandardEnvironment();
        MutablePropertySources all = environment.getPropertySources();
        String system = StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME;
        String env = StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME;
        all.replace(system, new MapPropertySource(system, systemProperties));
        all.replace(env, new SystemEnvironmentPropertySource(env, variables));
        return environment;
    }

    private Path writeApplicationProperties() {
        try {
            Path folder = Files.createTempDirectory("program");
            folder.toFile().deleteOnExit();
            Path file = Files.write(folder.resolve("application.properties"), applicationProperties);
            file.toFile().deleteOnExit();
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
