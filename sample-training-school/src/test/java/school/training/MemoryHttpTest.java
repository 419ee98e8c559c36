package school.training;

import org.springframework.test.context.TestPropertySource;

/** The list of dogs is a table wherever the events are, so it is in memory here, too. */
@TestPropertySource(
        properties = {"eventsourcing.persistence-module=memory", "spring.datasource.url=jdbc:h2:mem:memory-http-test"})
class MemoryHttpTest extends HttpScenario {

    @Override
    String expectedStore() {
        return "memory";
    }
}
