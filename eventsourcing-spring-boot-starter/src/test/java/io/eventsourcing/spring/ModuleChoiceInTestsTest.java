package io.eventsourcing.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventsourcing.store.EventStore;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.NestedTestConfiguration;
import org.springframework.test.context.NestedTestConfiguration.EnclosingConfiguration;
import org.springframework.test.context.TestPropertySource;

/** The module is named in each of the ways in which a test of an application can set a property. */
@NestedTestConfiguration(EnclosingConfiguration.OVERRIDE)
class ModuleChoiceInTestsTest {

    @Nested
    @SpringBootTest(classes = Program.Narrow.class, properties = "PERSISTENCE_MODULE=memory")
    class WithProperties {
        @Test
        void itIsMemory(@Autowired EventStore store) {
            assertThat(store.description()).isEqualTo("memory");
        }
    }

    @Nested
    @SpringBootTest(classes = Program.Narrow.class, args = "--PERSISTENCE_MODULE=memory")
    class WithArguments {
        @Test
        void itIsMemory(@Autowired EventStore store) {
            assertThat(store.description()).isEqualTo("memory");
        }
    }

    @Nested
    @SpringBootTest(classes = Program.Narrow.class)
    @TestPropertySource(properties = "PERSISTENCE_MODULE=memory")
    class WithATestPropertySource {
        @Test
        void itIsMemory(@Autowired EventStore store) {
            assertThat(store.description()).isEqualTo("memory");
        }
    }

    @Nested
    @SpringBootTest(classes = Program.Narrow.class, properties = "eventsourcing.persistence-module=memory")
    class WithTheLongerName {
        @Test
        void itIsMemory(@Autowired EventStore store) {
            assertThat(store.description()).isEqualTo("memory");
        }
    }

    @Nested
    @SpringBootTest(classes = Program.Narrow.class)
    class WithADynamicPropertySource {
        @DynamicPropertySource
        static void memory(DynamicPropertyRegistry properties) {
            properties.add("PERSISTENCE_MODULE", () -> "memory");
        }

        @Test
        void itIsMemory(@Autowired EventStore store) {
            assertThat(store.description()).isEqualTo("memory");
        }
    }

    @Nested
    @SpringBootTest(classes = Program.Narrow.class, properties = "PERSISTENCE_MODULE=memory")
    @TestPropertySource(properties = "eventsourcing.persistence-module=jdbc")
    class WithBothNames {
        @Test
        void theLongerOneWins(@Autowired EventStore store) {
            assertThat(store.description()).isEqualTo("jdbc (H2)");
        }
    }
}
