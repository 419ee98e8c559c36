package io.eventsourcing.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventsourcing.spring.fixtures.TrainingSchool;
import io.eventsourcing.store.EventStore;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.ConfigurableApplicationContext;

/** Which module a program gets, by what its user has set. */
class ModuleChoiceTest {

    private static final String PROPERTY = "eventsourcing.persistence-module";

    static final List<Arguments> EACH_PLACE_ALONE = List.of(
            given("a variable", program -> program.variable("PERSISTENCE_MODULE=memory")),
            given("a system property", program -> program.systemProperty("PERSISTENCE_MODULE=memory")),
            given("an argument", program -> program.argument("--PERSISTENCE_MODULE=memory")),
            given("a file", program -> program.property("PERSISTENCE_MODULE=memory")),
            given(
                    "a variable of the longer name",
                    program -> program.variable("EVENTSOURCING_PERSISTENCE_MODULE=memory")),
            given("that without the underscore", program -> program.variable("EVENTSOURCING_PERSISTENCEMODULE=memory")),
            given("a system property of the longer name", program -> program.systemProperty(PROPERTY + "=memory")),
            given("an argument of the longer name", program -> program.argument("--" + PROPERTY + "=memory")),
            given("a file with the longer name", program -> program.property(PROPERTY + "=memory")),
            given(
                    "a file with a placeholder",
                    program -> program.property("PERSISTENCE_MODULE=${chosen}").property("chosen=memory")));

    static final List<Arguments> MEMORY_WINS_OVER_JDBC = List.of(
            given(
                    "variable over file",
                    program -> program.variable("PERSISTENCE_MODULE=memory").property(PROPERTY + "=jdbc")),
            given(
                    "variable over the same name in a file",
                    program -> program.variable("PERSISTENCE_MODULE=memory").property("PERSISTENCE_MODULE=jdbc")),
            given(
                    "longer name of a variable",
                    program -> program.variable("EVENTSOURCING_PERSISTENCE_MODULE=memory")
                            .variable("PERSISTENCE_MODULE=JDBC")),
            given(
                    "that without the underscore",
                    program -> program.variable("EVENTSOURCING_PERSISTENCEMODULE=memory")
                            .variable("PERSISTENCE_MODULE=jdbc")),
            given(
                    "argument of the longer name",
                    program -> program.argument("--" + PROPERTY + "=memory").variable("PERSISTENCE_MODULE=jdbc")),
            given(
                    "system property of the longer name",
                    program -> program.systemProperty(PROPERTY + "=memory").variable("PERSISTENCE_MODULE=jdbc")),
            given(
                    "argument over variable",
                    program -> program.argument("--PERSISTENCE_MODULE=memory").variable("PERSISTENCE_MODULE=jdbc")),
            given(
                    "system property over variable",
                    program ->
                            program.systemProperty("PERSISTENCE_MODULE=memory").variable("PERSISTENCE_MODULE=jdbc")),
            given(
                    "argument over the longer name in a file",
                    program -> program.argument("--PERSISTENCE_MODULE=memory").property(PROPERTY + "=jdbc")),
            given(
                    "a file where the variable is empty",
                    program -> program.variable("PERSISTENCE_MODULE=").property("PERSISTENCE_MODULE=memory")));

    private static Arguments given(String what, UnaryOperator<Program> given) {
        return Arguments.argumentSet(what, given);
    }

    private static String storeOf(Program program) {
        try (ConfigurableApplicationContext context = program.start()) {
            UUID fido = context.getBean(TrainingSchool.class).register("Fido");
            assertThat(context.getBean(TrainingSchool.class).tricks(fido)).isEmpty();
            return context.getBean(EventStore.class).description();
        }
    }

    private static Program program() {
        return Program.narrow(TrainingSchool.class);
    }

    @Test
    void jdbcIsChosenWhereNothingIsSet() {
        assertThat(storeOf(program())).isEqualTo("jdbc (H2)");
    }

    @ParameterizedTest
    @FieldSource("EACH_PLACE_ALONE")
    void theModuleCanBeNamedIn(UnaryOperator<Program> given) {
        assertThat(storeOf(given.apply(program()))).isEqualTo("memory");
    }

    @ParameterizedTest
    @FieldSource("MEMORY_WINS_OVER_JDBC")
    void whatIsNearerToTheUserWins(UnaryOperator<Program> given) {
        assertThat(storeOf(given.apply(program()))).isEqualTo("memory");
    }

    @ParameterizedTest
    @ValueSource(strings = {"memory", "MEMORY", " Memory ", "eventsourcing_memory", "EVENTSOURCING_MEMORY"})
    void caseAndSpacesAndTheFamilyNameDontMatter(String value) {
        assertThat(storeOf(program().variable("PERSISTENCE_MODULE=" + value))).isEqualTo("memory");
        assertThat(storeOf(program().argument("--" + PROPERTY + "=" + value))).isEqualTo("memory");
    }

    @ParameterizedTest
    @ValueSource(strings = {"eventsourcing_jdbc", "EVENTSOURCING_JDBC", "JDBC", "Jdbc"})
    void jdbcIsFoundUnderEachOfItsSpellingsAlsoInATurkishLocale(String value) {
        assertThat(storeOf(program().variable("PERSISTENCE_MODULE=" + value))).isEqualTo("jdbc (H2)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PERSISTENCE_MODULE=", "PERSISTENCE_MODULE=  ", "EVENTSOURCING_PERSISTENCE_MODULE="})
    void anEmptyVariableCountsAsNone(String variable) {
        assertThat(storeOf(program().variable(variable))).isEqualTo("jdbc (H2)");
    }

    @Test
    void anEmptyPropertyCountsAsNone() {
        assertThat(storeOf(program().property(PROPERTY + "="))).isEqualTo("jdbc (H2)");
    }

    @Test
    void anEmptyVariableOfTheLongerNameLeavesTheWordToTheShorterOne() {
        Program program =
                program().variable("EVENTSOURCING_PERSISTENCE_MODULE=").variable("PERSISTENCE_MODULE=memory");
        assertThat(storeOf(program)).isEqualTo("memory");
    }

    @Test
    void theStarterWorksAmongAllAutoConfigurationThereIs() {
        Program program = Program.whole(TrainingSchool.class);
        assertThat(storeOf(program)).isEqualTo("jdbc (H2)");
        assertThat(storeOf(program.variable("PERSISTENCE_MODULE=memory"))).isEqualTo("memory");
    }
}
