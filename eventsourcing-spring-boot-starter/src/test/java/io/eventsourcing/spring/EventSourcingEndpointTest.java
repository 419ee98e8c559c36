package io.eventsourcing.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventsourcing.EventSourcing;
import io.eventsourcing.projection.EventContext;
import io.eventsourcing.projection.EventHandler;
import io.eventsourcing.projection.ProcessManager;
import io.eventsourcing.projection.Projection;
import io.eventsourcing.projection.Projections;
import io.eventsourcing.projection.TimeoutHandler;
import io.eventsourcing.projection.TimeoutStore;
import io.eventsourcing.projection.Timeouts;
import io.eventsourcing.spring.fixtures.Dog;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.web.client.RestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What operators see of the store and its projections, and what they can do. */
@Timeout(120)
class EventSourcingEndpointTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String SECRET = "canary-4711";

    @Projection("dogs")
    static class Dogs {

        private final List<String> tricks = new CopyOnWriteArrayList<>();
        private volatile boolean failing;

        @EventHandler("Dog.TrickAdded")
        void trickAdded(String trick) {
            if (failing) {
                throw new IllegalStateException("no room for it");
            }
            tricks.add(trick);
        }
    }

    @ProcessManager("care")
    static class Care {

        private final List<String> reminders = new CopyOnWriteArrayList<>();
        private volatile boolean failing = true;

        @EventHandler("Dog.Registered")
        void registered(Timeouts timeouts) {
            timeouts.in(Duration.ZERO, "reminder", SECRET);
        }

        @TimeoutHandler("reminder")
        void reminder(String text) {
            if (failing) {
                throw new IllegalStateException("not yet");
            }
            reminders.add(text);
        }
    }

    private static Program program(String... properties) {
        return with(Dogs.class, properties);
    }

    private static Program with(Class<?> projection, String... properties) {
        return configured(Program.whole(projection).property("eventsourcing.projections.retries=0"), properties);
    }

    private static Program configured(Program bare, String... properties) {
        Program program = bare.property("eventsourcing.persistence-module=jdbc")
                .property("eventsourcing.projections.named.dogs.retries=0")
                .property("eventsourcing.projections.lease=1s")
                .property("spring.main.web-application-type=servlet")
                .property("server.address=127.0.0.1")
                .property("server.port=0");
        List.of(properties).forEach(program::property);
        return program;
    }

    private static Program exposed(String... properties) {
        return program(properties).property("management.endpoints.web.exposure.include=*");
    }

    private record Http(RestClient client) {

        static Http of(ConfigurableApplicationContext context) {
            return new Http(RestClient.builder()
                    .baseUrl("http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port")
                            + "/actuator/eventsourcing")
                    .defaultStatusHandler(status -> true, (request, response) -> {})
                    .build());
        }

        ResponseEntity<String> get(String path) {
            return client.get().uri(path).retrieve().toEntity(String.class);
        }

        JsonNode json(String path) {
            return JsonMapper.shared().readTree(get(path).getBody());
        }

        ResponseEntity<String> post(String path, String json) {
            return client.post()
                    .uri(path)
                    .contentType(MediaType.APPLICATION_JSON)
                    .body(json)
                    .retrieve()
                    .toEntity(String.class);
        }
    }

    private static Dog save(ConfigurableApplicationContext context, String... tricks) {
        Dog dog = new Dog(SECRET);
        List.of(tricks).forEach(dog::addTrick);
        long position = context.getBean(EventSourcing.class).save(dog).commitPosition();
        assertThat(context.getBean(Projections.class).await("dogs", position, PATIENCE))
                .isTrue();
        return dog;
    }

    @Test
    void nothingIsExposedUnlessTheApplicationExposesIt() {
        try (ConfigurableApplicationContext context = program().start()) {
            assertThat(Http.of(context).get("").getStatusCode().value()).isEqualTo(404);
        }
    }

    @Test
    void storeAndProjectionsAreShownWithoutPayloads() {
        try (ConfigurableApplicationContext context = exposed().start()) {
            save(context, SECRET, "sit");
            Http http = Http.of(context);
            JsonNode overview = http.json("");
            assertThat(overview.at("/store/backend").asString()).isEqualTo("jdbc (H2)");
            assertThat(overview.at("/store/position").asLong()).isEqualTo(3);
            assertThat(overview.at("/store/streams").isMissingNode()
                            || overview.at("/store/streams").isNull())
                    .as("nothing is counted unless that is asked for")
                    .isTrue();
            assertThat(overview.at("/projections/dogs/state").asString()).isEqualTo("running");
            assertThat(overview.at("/projections/dogs/position").asLong()).isEqualTo(3);
            assertThat(overview.at("/projections/dogs/lag").asInt()).isZero();
            assertThat(overview.at("/projections/dogs/segments/0/owner").asString())
                    .isEqualTo(overview.at("/node").asString());
            JsonNode counted = http.json("?count=true");
            assertThat(counted.at("/store/streams").asInt()).isEqualTo(1);
            assertThat(counted.at("/store/events/Dog.TrickAdded").asInt()).isEqualTo(2);
            assertThat(overview + counted.toString() + http.json("/dogs")).doesNotContain(SECRET);
            assertThat(http.get("/cats").getStatusCode().value()).isEqualTo(404);
        }
    }

    @Test
    void nothingCanBeDoneUnlessThatAccessIsGiven() {
        try (ConfigurableApplicationContext context = exposed().start()) {
            save(context, "sit");
            assertThat(Http.of(context)
                            .post("/dogs", "{\"action\":\"pause\"}")
                            .getStatusCode()
                            .value())
                    .isEqualTo(405);
            assertThat(context.getBean(Projections.class)
                            .status("dogs")
                            .orElseThrow()
                            .paused())
                    .isFalse();
        }
    }

    @Test
    void projectionsArePausedAndResumed() {
        try (ConfigurableApplicationContext context =
                exposed("management.endpoint.eventsourcing.access=unrestricted").start()) {
            save(context, "sit");
            Http http = Http.of(context);
            assertThat(http.post("/dogs", "{\"action\":\"pause\"}").getBody()).contains("\"done\":true");
            assertThat(http.json("/dogs").at("/standing/state").asString()).isEqualTo("paused");
            http.post("/dogs", "{\"action\":\"RESUME\"}");
            assertThat(http.json("/dogs").at("/standing/state").asString()).isEqualTo("running");
            assertThat(http.post("/cats", "{\"action\":\"pause\"}")
                            .getStatusCode()
                            .value())
                    .isEqualTo(400);
            assertThat(http.post("/dogs", "{\"action\":\"explode\"}")
                            .getStatusCode()
                            .value())
                    .isEqualTo(400);
        }
    }

    @Test
    void parkedEventsAreShownAndRetriedOrSkipped() {
        try (ConfigurableApplicationContext context =
                exposed("management.endpoint.eventsourcing.access=unrestricted").start()) {
            Dogs dogs = context.getBean(Dogs.class);
            dogs.failing = true;
            Dog first = save(context, SECRET, "sit");
            Dog second = save(context, "roll over");
            Http http = Http.of(context);
            JsonNode parked = http.json("/dogs");
            assertThat(parked.at("/standing/deadLetters").asInt()).isEqualTo(3);
            assertThat(parked.at("/deadLetters/0/stream").asString()).isEqualTo("Dog-" + first.id());
            assertThat(parked.at("/deadLetters/0/cause").asString()).contains("IllegalStateException");
            assertThat(parked.toString()).doesNotContain(SECRET);
            dogs.failing = false;
            http.post("/dogs", "{\"action\":\"skip\",\"stream\":\"Dog-%s\"}".formatted(first.id()));
            http.post("/dogs", "{\"action\":\"retry\",\"stream\":\"Dog-%s\"}".formatted(second.id()));
            Waiting.until(() -> dogs.tricks.size() == 2);
            assertThat(dogs.tricks).containsExactlyInAnyOrder("sit", "roll over");
            assertThat(http.post("/dogs", "{\"action\":\"skip\"}")
                            .getStatusCode()
                            .value())
                    .isEqualTo(400);
        }
    }

    @Projection(value = "names", tables = "names")
    static class Names {

        private final JdbcTemplate jdbc;

        Names(JdbcTemplate jdbc) {
            this.jdbc = jdbc;
            jdbc.execute("CREATE TABLE names (id UUID PRIMARY KEY, name VARCHAR(100), size INT)");
        }

        @EventHandler("Dog.Registered")
        void registered(String name, EventContext event) {
            jdbc.update(
                    "INSERT INTO names (id, name, size) VALUES (?, ?, ?)", event.aggregateId(), name, name.length());
        }
    }

    private static Program rebuildable() {
        return configured(
                Program.whole(Dogs.class, Names.class),
                "management.endpoints.web.exposure.include=*",
                "spring.web.error.include-message=always",
                "server.error.include-message=always",
                "management.endpoint.eventsourcing.access=unrestricted");
    }

    @Test
    void projectionIsRebuilt() {
        try (ConfigurableApplicationContext context = rebuildable().start()) {
            Dog dog = save(context, "sit");
            Http http = Http.of(context);
            JdbcTemplate jdbc = context.getBean(JdbcTemplate.class);
            Waiting.until(() -> jdbc.update("UPDATE names SET name = 'wrong'") == 1);
            assertThat(http.json("/names").at("/rebuild").isNull()).isTrue();
            assertThat(http.post("/names", "{\"action\":\"rebuild\"}").getBody())
                    .contains("\"done\":true");
            Waiting.until(() -> http.json("/names").at("/rebuild/done").asDouble() == 1);
            assertThat(http.json("/names").at("/rebuild/comparison").isNull()).isTrue();
            JsonNode compared = http.json("/names?compare=true").at("/rebuild/comparison/0");
            assertThat(compared.at("/changed").asInt()).isEqualTo(1);
            assertThat(compared.at("/examples/0/kind").asString()).isEqualTo("changed");
            assertThat(compared.at("/examples/0/columns/0").asString()).isEqualToIgnoringCase("name");
            assertThat(compared.toString())
                    .contains(dog.id().toString())
                    .as("neither what is there nor what was rebuilt")
                    .doesNotContain(SECRET, "wrong");
            assertThat(http.post("/names", "{\"action\":\"complete\",\"timeout\":\"30s\"}")
                            .getBody())
                    .contains("\"done\":true");
            assertThat(jdbc.queryForObject("SELECT name FROM names", String.class))
                    .isEqualTo(SECRET);
            assertThat(http.post("/names", "{\"action\":\"complete\"}")
                            .getStatusCode()
                            .value())
                    .isEqualTo(400);
            assertThat(http.post("/names", "{\"action\":\"cancel\"}").getBody()).contains("\"done\":false");
        }
    }

    @Test
    void projectionIsResetAndDivided() {
        try (ConfigurableApplicationContext context = rebuildable().start()) {
            save(context, "sit");
            Http http = Http.of(context);
            JdbcTemplate jdbc = context.getBean(JdbcTemplate.class);
            Waiting.until(() -> jdbc.update("UPDATE names SET name = 'wrong'") == 1);
            assertThat(http.post("/names", "{\"action\":\"reset\"}").getBody()).contains("\"done\":true");
            Waiting.until(() ->
                    jdbc.queryForList("SELECT name FROM names", String.class).contains(SECRET));
            http.post("/names", "{\"action\":\"resize\",\"segments\":3}");
            Waiting.until(() -> http.json("/names").at("/standing/segments").size() == 3);
            ResponseEntity<String> refused = http.post("/dogs", "{\"action\":\"reset\"}");
            assertThat(refused.getStatusCode().value()).isEqualTo(400);
            assertThat(refused.getBody()).contains("@ResetHandler");
            assertThat(http.post("/names", "{\"action\":\"resize\"}")
                            .getStatusCode()
                            .value())
                    .isEqualTo(400);
            assertThat(http.post("/names", "{\"action\":\"resize\",\"segments\":0}")
                            .getStatusCode()
                            .value())
                    .isEqualTo(400);
        }
    }

    @Test
    void timeoutsThatFailedAreShownAndRetried() {
        try (ConfigurableApplicationContext context = with(
                        Care.class,
                        "management.endpoint.eventsourcing.access=unrestricted",
                        "management.endpoints.web.exposure.include=*")
                .start()) {
            Dog dog = new Dog("Fido");
            context.getBean(EventSourcing.class).save(dog);
            Http http = Http.of(context);
            Waiting.until(
                    () -> http.json("/care").at("/standing/timeouts/failed").asInt(0) == 1);
            JsonNode failed = http.json("/care");
            assertThat(failed.at("/failedTimeouts/0/stream").asString()).isEqualTo("Dog-" + dog.id());
            assertThat(failed.at("/failedTimeouts/0/cause").asString()).contains("not yet");
            assertThat(failed.toString()).doesNotContain(SECRET);
            Care care = context.getBean(Care.class);
            care.failing = false;
            http.post("/care", "{\"action\":\"retry\"}");
            Waiting.until(() -> care.reminders.equals(List.of(SECRET)));
            Waiting.until(() -> context.getBean(Projections.class)
                    .status("care")
                    .orElseThrow()
                    .timeouts()
                    .equals(TimeoutStore.Count.NONE));
            assertThat(http.json("/care").at("/failedTimeouts").isEmpty()).isTrue();
        }
    }

    @Test
    void healthIsDownWhereAProjectionIsTooFarBehind() {
        try (ConfigurableApplicationContext context =
                program("eventsourcing.projections.max-behind=0s").start()) {
            save(context, "sit");
            ProjectionsHealthIndicator health = context.getBean(ProjectionsHealthIndicator.class);
            assertThat(health.health().getStatus()).isEqualTo(Status.UP);
            assertThat(health.health().getDetails()).containsEntry("dogs", "up to date");
            Projections projections = context.getBean(Projections.class);
            projections.stop();
            Dog dog = new Dog("Rex");
            dog.addTrick("sit");
            context.getBean(EventSourcing.class).save(dog);
            Waiting.until(() -> health.health().getStatus().equals(Status.DOWN));
            Health late = health.health();
            assertThat(late.getDetails().get("dogs").toString()).startsWith("behind by");
            projections.pause("dogs");
            assertThat(health.health().getStatus())
                    .as("it rests as it is told to")
                    .isEqualTo(Status.UP);
        }
    }

    @Test
    void projectionsAreMeasured() {
        try (ConfigurableApplicationContext context = program().start()) {
            save(context, "sit");
            MeterRegistry registry = context.getBean(MeterRegistry.class);
            for (String figure : List.of("lag", "behind", "dead.letters")) {
                assertThat(registry.get("eventsourcing.projection." + figure)
                                .tag("projection", "dogs")
                                .gauge()
                                .value())
                        .as(figure)
                        .isZero();
            }
        }
    }
}
