package io.eventsourcing;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.io.ObjectInputStream;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    private static final JavaClasses CORE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.eventsourcing");

    @Test
    void coreKnowsNoSpringAndNoDatabase() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.springframework..", "java.sql..", "javax.sql..", "jakarta..")
                .check(CORE);
    }

    @Test
    void onlyTheMappingKnowsJackson() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.eventsourcing.mapping")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("tools.jackson..", "com.fasterxml.jackson..")
                .check(CORE);
    }

    @Test
    void onlyTheWeavingKnowsByteBuddy() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.eventsourcing.weaving")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("net.bytebuddy..", "java.lang.instrument..")
                .check(CORE);
    }

    @Test
    void packagesFormNoCycles() {
        SlicesRuleDefinition.slices()
                .assignedFrom(new SliceAssignment() {
                    @Override
                    public SliceIdentifier getIdentifierOf(JavaClass type) {
                        return SliceIdentifier.of(type.getPackageName());
                    }

                    @Override
                    public String getDescription() {
                        return "packages";
                    }
                })
                .should()
                .beFreeOfCycles()
                .check(CORE);
    }

    @Test
    void storeKnowsNobodyInTheHouse() {
        noClasses()
                .that()
                .resideInAnyPackage("io.eventsourcing.store", "io.eventsourcing.weaving")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.eventsourcing", "io.eventsourcing.mapping", "io.eventsourcing.memory")
                .check(CORE);
    }

    @Test
    void storedTextNeverBecomesAClassOrAnObjectByItself() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .areAssignableTo(ObjectInputStream.class)
                .check(CORE);
        noClasses().should().callMethod(Class.class, "forName", String.class).check(CORE);
        noClasses()
                .should()
                .callMethod(Class.class, "forName", String.class, boolean.class, ClassLoader.class)
                .check(CORE);
        noClasses()
                .should()
                .callMethod(ClassLoader.class, "loadClass", String.class)
                .check(CORE);
    }

    @Test
    void nothingDependsOnTheLocaleOrTheCharsetOfTheMachine() {
        noClasses()
                .should()
                .callMethod(String.class, "toUpperCase")
                .orShould()
                .callMethod(String.class, "toLowerCase")
                .orShould()
                .callMethod(String.class, "format", String.class, Object[].class)
                .orShould()
                .callMethod(String.class, "getBytes")
                .orShould()
                .callConstructor(String.class, byte[].class)
                .check(CORE);
    }

    @Test
    void timeComesFromAClock() {
        noClasses()
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .check(CORE);
    }

    @Test
    void onlyTheWeaverHasStaticStateThatChanges() {
        fields().that()
                .areStatic()
                .and()
                .areDeclaredInClassesThat()
                .doNotHaveFullyQualifiedName("io.eventsourcing.weaving.Weaver")
                .should()
                .beFinal()
                .check(CORE);
    }

    @Test
    void classesAreNamedAfterWhatTheyAre() {
        classes()
                .that()
                .doNotHaveSimpleName("ProcessManager") // which is what the field calls it
                .should()
                .haveSimpleNameNotEndingWith("Manager")
                .andShould()
                .haveSimpleNameNotEndingWith("Helper")
                .andShould()
                .haveSimpleNameNotEndingWith("Util")
                .andShould()
                .haveSimpleNameNotEndingWith("Utils")
                .check(CORE);
    }

    @Test
    void everyPackageIsNullMarked() {
        Set<JavaPackage> packages = CORE.stream().map(JavaClass::getPackage).collect(Collectors.toSet());

        assertThat(packages)
                .hasSizeGreaterThanOrEqualTo(5)
                .allSatisfy(each -> assertThat(each.isAnnotatedWith(NullMarked.class))
                        .as(each.getName())
                        .isTrue());
    }
}
