package io.eventsourcing.spring;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.Architectures;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.context.annotation.Bean;

/** The arrows between the modules, all of which are on the class path here. */
class ModuleArchitectureTest {

    private static final String CORE = "core";
    private static final String JDBC = "jdbc";
    private static final String EVENTSTOREDB = "eventstoredb";
    private static final String EVENTQL = "eventql";
    private static final String TEST = "test";
    private static final String STARTER = "starter";

    private static final JavaClasses ALL = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.eventsourcing");

    private static JavaClasses in(String... packages) {
        return ALL.that(JavaClass.Predicates.resideInAnyPackage(packages));
    }

    private static JavaClasses core() {
        return ALL.that(not(JavaClass.Predicates.resideInAnyPackage(
                "io.eventsourcing.jdbc..",
                "io.eventsourcing.eventstoredb..",
                "io.eventsourcing.eventql..",
                "io.eventsourcing.test..",
                "io.eventsourcing.spring..")));
    }

    @Test
    void everyModuleIsLookedAt() {
        assertThat(core()).hasSizeGreaterThan(50);
        assertThat(in("io.eventsourcing.jdbc..")).hasSizeGreaterThan(10);
        assertThat(in("io.eventsourcing.test..")).hasSizeGreaterThan(20);
        assertThat(in("io.eventsourcing.spring..")).hasSizeGreaterThan(10);
        assertThat(ALL.containPackage("io.eventsourcing.eventstoredb")).isTrue();
        assertThat(ALL.containPackage("io.eventsourcing.eventql")).isTrue();
    }

    @Test
    void arrowsBetweenModulesNeverTurnRound() {
        Architectures.layeredArchitecture()
                .consideringOnlyDependenciesInAnyPackage("io.eventsourcing..")
                .withOptionalLayers(true)
                .layer(CORE)
                .definedBy(
                        "io.eventsourcing",
                        "io.eventsourcing.store..",
                        "io.eventsourcing.mapping..",
                        "io.eventsourcing.memory..",
                        "io.eventsourcing.integrity..",
                        "io.eventsourcing.snapshot..",
                        "io.eventsourcing.projection..",
                        "io.eventsourcing.weaving..")
                .layer(JDBC)
                .definedBy("io.eventsourcing.jdbc..")
                .layer(EVENTSTOREDB)
                .definedBy("io.eventsourcing.eventstoredb..")
                .layer(EVENTQL)
                .definedBy("io.eventsourcing.eventql..")
                .layer(TEST)
                .definedBy("io.eventsourcing.test..")
                .layer(STARTER)
                .definedBy("io.eventsourcing.spring..")
                .whereLayer(CORE)
                .mayNotAccessAnyLayer()
                .whereLayer(JDBC)
                .mayOnlyAccessLayers(CORE)
                .whereLayer(EVENTSTOREDB)
                .mayOnlyAccessLayers(CORE)
                .whereLayer(EVENTQL)
                .mayOnlyAccessLayers(CORE)
                .whereLayer(TEST)
                .mayOnlyAccessLayers(CORE)
                .whereLayer(STARTER)
                .mayOnlyAccessLayers(CORE, JDBC, EVENTSTOREDB, EVENTQL)
                .ensureAllClassesAreContainedInArchitecture()
                .check(ALL);
    }

    @Test
    void theCoreKnowsNoSpringAndNoDatabase() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.springframework..", "java.sql..", "javax.sql..", "org.h2..", "org.postgresql..")
                .check(core());
    }

    @Test
    void nothingButTheStarterKnowsSpringBoot() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.eventsourcing.spring..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.springframework.boot..")
                .check(ALL);
    }

    @Test
    void onlyJdbcAndTheStarterKnowSpring() {
        noClasses()
                .that()
                .resideOutsideOfPackages("io.eventsourcing.spring..", "io.eventsourcing.jdbc..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.springframework..")
                .check(ALL);
    }

    @Test
    void packagesHaveNoCircles() {
        SlicesRuleDefinition.slices()
                .matching("io.eventsourcing.spring.(**)")
                .should()
                .beFreeOfCycles()
                .check(in("io.eventsourcing.spring.."));
        noClasses()
                .that(resideInAPackage("io.eventsourcing.spring"))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.eventsourcing.spring.test..")
                .check(ALL);
    }

    @Test
    void autoConfigurationIsNoApi() {
        classes()
                .that()
                .areAnnotatedWith(AutoConfiguration.class)
                .or()
                .areAnnotatedWith(ConfigurationProperties.class)
                .should()
                .notBePublic()
                .andShould()
                .haveOnlyFinalFields()
                .check(ALL);
    }

    @Test
    void ofTheStarterOnlyThisIsApi() {
        assertThat(in("io.eventsourcing.spring..").stream()
                        .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
                        .map(JavaClass::getSimpleName))
                .containsExactlyInAnyOrder(
                        "EventJsonCustomizer",
                        "EventMetadataSupplier",
                        "EventSourcingTest",
                        "EventStoreDbConnectionDetails");
    }

    @Test
    void beanMethodsOfAutoConfigurationAreNotPublic() {
        methods().that().areAnnotatedWith(Bean.class).should().notBePublic().check(ALL);
    }

    @Test
    void everyPackageIsNullMarked() {
        for (JavaClass type : ALL.that(not(resideInAPackage("..grammar")))) { // that one is generated
            JavaPackage home = type.getPackage();
            assertThat(home.tryGetPackageInfo()
                            .map(info -> info.isAnnotatedWith(NullMarked.class))
                            .orElse(false))
                    .as(home.getName())
                    .isTrue();
        }
    }
}
