package io.eventsourcing.eventql;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

class ModuleTest {

    private static final JavaClasses EVENTQL = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.eventsourcing.eventql");

    @Test
    void knowsTheStoresRolesAndNoStore() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.eventsourcing.jdbc..",
                        "io.eventsourcing.memory..",
                        "io.eventsourcing.mapping..",
                        "org.springframework..",
                        "java.sql..")
                .check(EVENTQL);
    }

    @Test
    void onlyThisIsApi() {
        assertThat(EVENTQL.stream()
                        .filter(type -> type.getPackageName().equals("io.eventsourcing.eventql"))
                        .filter(JavaClass::isTopLevelClass)
                        .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
                        .map(JavaClass::getSimpleName))
                .containsExactlyInAnyOrder("EventQl", "EventQlRows", "EventQlException", "EventQlLimitException");
    }

    @Test
    void nothingDependsOnTheLocaleOfTheMachine() {
        noClasses()
                .that()
                .resideInAPackage("io.eventsourcing.eventql")
                .should()
                .callMethod(String.class, "toUpperCase")
                .orShould()
                .callMethod(String.class, "toLowerCase")
                .check(EVENTQL);
    }

    @Test
    void thePackageIsNullMarked() {
        assertThat(EVENTQL.getPackage("io.eventsourcing.eventql").isAnnotatedWith(NullMarked.class))
                .isTrue();
    }
}
