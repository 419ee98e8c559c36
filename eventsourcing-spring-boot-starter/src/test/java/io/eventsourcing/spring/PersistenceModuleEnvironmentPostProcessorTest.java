package io.eventsourcing.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.OriginLookup;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

class PersistenceModuleEnvironmentPostProcessorTest {

    private static final String PROPERTY = "eventsourcing.persistence-module";

    private final Map<String, Object> variables = new HashMap<>();
    private final StandardEnvironment environment = new StandardEnvironment();
    private final MutablePropertySources sources = environment.getPropertySources();

    private void process() {
        String name = StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME;
        sources.replace(name, new SystemEnvironmentPropertySource(name, variables));
        new PersistenceModuleEnvironmentPostProcessor().postProcessEnvironment(environment, new SpringApplication());
    }

    @Test
    void theShortNameIsSeenUnderTheLongOne() {
        variables.put("PERSISTENCE_MODULE", " memory ");
        process();
        assertThat(environment.getProperty(PROPERTY)).isEqualTo("memory");
        assertThat(environment.containsProperty(PROPERTY)).isTrue();
    }

    @Test
    void nothingIsSeenWhereNothingIsSet() {
        process();
        assertThat(environment.getProperty(PROPERTY)).isNull();
        assertThat(environment.containsProperty(PROPERTY)).isFalse();
    }

    @Test
    void noOtherPropertyIsTouched() {
        variables.put("PERSISTENCE_MODULE", "memory");
        process();
        assertThat(environment.getProperty("eventsourcing.enabled")).isNull();
        assertThat(environment.getProperty("eventsourcing.jdbc.data-source")).isNull();
    }

    @Test
    void aSourceThatIsAddedLaterCountsToo() {
        process();
        sources.addFirst(new MapPropertySource("late", Map.of("PERSISTENCE_MODULE", "memory")));
        assertThat(environment.getProperty(PROPERTY)).isEqualTo("memory");
    }

    @Test
    void aValueThatIsNoTextIsSeenAsOne() {
        process();
        sources.addFirst(new MapPropertySource("late", Map.of("PERSISTENCE_MODULE", new StringBuilder("memory"))));
        assertThat(environment.getProperty(PROPERTY)).isEqualTo("memory");
    }

    @Test
    void itStandsRightBehindTheVariables() {
        sources.addLast(new MapPropertySource("file", Map.of(PROPERTY, "jdbc")));
        variables.put("PERSISTENCE_MODULE", "memory");
        process();
        assertThat(environment.getProperty(PROPERTY)).isEqualTo("memory");
        variables.put("EVENTSOURCING_PERSISTENCE_MODULE", "jdbc");
        ConfigurationPropertySources.attach(environment);
        assertThat(environment.getProperty(PROPERTY)).isEqualTo("jdbc");
    }

    @Test
    void itComesLastWhereThereAreNoVariables() {
        sources.remove(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME);
        new PersistenceModuleEnvironmentPostProcessor().postProcessEnvironment(environment, new SpringApplication());
        sources.addFirst(new MapPropertySource("file", Map.of("PERSISTENCE_MODULE", "memory")));
        assertThat(environment.getProperty(PROPERTY)).isEqualTo("memory");
    }

    @Test
    void runningItTwiceAddsOneSource() {
        process();
        int before = sources.size();
        process();
        assertThat(sources.size()).isEqualTo(before);
    }

    @Test
    void theOriginIsThatOfTheShortName() {
        variables.put("PERSISTENCE_MODULE", "memory");
        process();
        PropertySource<?> synonym = sources.stream()
                .filter(source -> source instanceof OriginLookup<?> && source.getProperty(PROPERTY) != null)
                .findFirst()
                .orElseThrow();
        Origin origin = OriginLookup.getOrigin(synonym, PROPERTY);
        assertThat(origin).hasToString("\"PERSISTENCE_MODULE\" from property source \"systemEnvironment\"");
        assertThat(OriginLookup.getOrigin(synonym, "eventsourcing.enabled")).isNull();
    }
}
