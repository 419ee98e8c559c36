package io.eventsourcing.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventsourcing.mapping.Compression;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.mock.env.MockEnvironment;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the jar says about itself to Spring Boot and to editors. */
class MetadataTest {

    private static final String FILE = "/META-INF/spring-configuration-metadata.json";

    private static final List<String> OF_NO_CLASS = List.of(
            "eventsourcing.enabled",
            "management.health.eventstore.enabled",
            "management.health.eventfeed.enabled",
            "management.health.projections.enabled");

    private static JsonNode metadata() throws IOException {
        try (InputStream file = EventSourcingProperties.class.getResourceAsStream(FILE)) {
            return JsonMapper.shared().readTree(file);
        }
    }

    private static JsonNode property(String name) throws IOException {
        return metadata()
                .get("properties")
                .valueStream()
                .filter(each -> each.get("name").asString().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("There is nothing about " + name));
    }

    private static JsonNode hint(String name) throws IOException {
        return metadata()
                .get("hints")
                .valueStream()
                .filter(each -> each.get("name").asString().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("There is no hint for " + name));
    }

    @Test
    void theCompressorsAreSuggested() throws IOException {
        assertThat(hint("eventsourcing.compressor")
                        .get("values")
                        .valueStream()
                        .map(each -> each.get("value").asString().toUpperCase(Locale.ROOT)))
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(Compression.values()).map(Enum::name).toList());
    }

    /** @param name with the names of all that it is in */
    private record Property(String name, RecordComponent component) {

        static Stream<Property> of(String prefix, Class<?> type) {
            return Arrays.stream(type.getRecordComponents()).flatMap(component -> of(prefix, component));
        }

        private static Stream<Property> of(String prefix, RecordComponent component) {
            String name = prefix + "."
                    + component.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
            return component.getType().isRecord()
                    ? of(name, component.getType())
                    : Stream.of(new Property(name, component));
        }
    }

    private static Stream<Property> properties() {
        return Stream.of(
                        EventSourcingProperties.class,
                        IntegrityProperties.class,
                        JdbcProperties.class,
                        EventStoreDbProperties.class,
                        ProjectionsProperties.class)
                .flatMap(type -> Property.of(
                        type.getAnnotation(ConfigurationProperties.class).value(), type));
    }

    @Test
    void everyPropertyIsThereAndNoOther() throws IOException {
        assertThat(metadata()
                        .get("properties")
                        .valueStream()
                        .map(each -> each.get("name").asString())
                        .filter(name -> !name.startsWith("management.endpoint."))) // Actuator's, for each endpoint
                .containsExactlyInAnyOrderElementsOf(
                        Stream.concat(properties().map(Property::name), OF_NO_CLASS.stream())
                                .toList());
    }

    @Test
    void everyPropertyIsDescribedAsSpringBootDescribesIts() throws IOException {
        assertThat(metadata().get("properties").valueStream()).allSatisfy(property -> {
            String description = property.get("description").asString();
            assertThat(description)
                    .matches("[A-Z].*\\.")
                    .doesNotStartWith("The ")
                    .doesNotStartWith("A ");
            assertThat(property.get("type").asString()).isNotEmpty();
            if (property.get("type").asString().equals("java.lang.Boolean")) {
                assertThat(description).startsWith("Whether ");
            }
        });
    }

    @Test
    void everyDefaultIsSaid() throws IOException {
        for (Property property : properties().toList()) {
            RecordComponent component = property.component();
            DefaultValue value = Arrays.stream(component
                            .getDeclaringRecord()
                            .getDeclaredConstructors()[0]
                            .getParameters())
                    .filter(parameter -> parameter.getName().equals(component.getName()))
                    .findFirst()
                    .orElseThrow()
                    .getAnnotation(DefaultValue.class);
            if (component.getType() == Map.class) {
                assertThat(property(property.name()).get("defaultValue")).isNull();
            } else if (value != null) {
                assertThat(property(property.name()).get("defaultValue").asString())
                        .isEqualTo(value.value()[0]);
            } else {
                assertThat(component.getType())
                        .as("without a default, " + property.name() + " can be left out")
                        .matches(type -> !type.isPrimitive());
            }
        }
        assertThat(property("eventsourcing.jdbc.initialize-schema")
                        .get("defaultValue")
                        .asString())
                .isEqualTo("embedded");
        for (String name : OF_NO_CLASS) {
            assertThat(property(name).get("defaultValue").asBoolean()).isTrue();
        }
    }

    @Test
    void theModulesAreSuggestedAndOthersAllowed() throws IOException {
        JsonNode hint = hint("eventsourcing.persistence-module");
        assertThat(hint.get("values")
                        .valueStream()
                        .map(each -> each.get("value").asString()))
                .containsExactlyInAnyOrder("jdbc", "eventstoredb", "memory");
        assertThat(hint.get("providers").get(0).get("name").asString()).isEqualTo("any");
    }

    @Test
    void everyAutoConfigurationIsListed() {
        ClassPathScanningCandidateComponentProvider scanner = new ClassPathScanningCandidateComponentProvider(
                false,
                new MockEnvironment()
                        .withProperty("eventsourcing.integrity.enabled", "true")
                        .withProperty("management.endpoints.web.exposure.include", "eventsourcing"));
        scanner.addIncludeFilter(new AnnotationTypeFilter(AutoConfiguration.class, false));
        List<String> ours = Stream.of(
                        EventFeedHealthAutoConfiguration.class,
                        EventQlAutoConfiguration.class,
                        EventSourcingAutoConfiguration.class,
                        EventSourcingEndpointAutoConfiguration.class,
                        EventStoreDbMetricsAutoConfiguration.class,
                        EventStoreDbModuleAutoConfiguration.class,
                        EventStoreHealthAutoConfiguration.class,
                        JdbcMetricsAutoConfiguration.class,
                        IntegrityAutoConfiguration.class,
                        JdbcModuleAutoConfiguration.class,
                        ObservationAutoConfiguration.class,
                        ProjectionsAutoConfiguration.class,
                        ProjectionsHealthAutoConfiguration.class,
                        ProjectionsMetricsAutoConfiguration.class)
                .map(Class::getName)
                .toList();
        assertThat(ImportCandidates.load(AutoConfiguration.class, null).getCandidates())
                .filteredOn(name -> name.startsWith("io.eventsourcing"))
                .containsExactlyInAnyOrderElementsOf(ours);
        assertThat(scanner.findCandidateComponents("io.eventsourcing").stream()
                        .map(definition -> definition.getBeanClassName())
                        .filter(name -> !name.contains(".slice.")))
                .containsExactlyInAnyOrderElementsOf(ours);
    }
}
