package school.training;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventsourcing.projection.Projections;
import io.eventsourcing.store.EventStore;
import io.eventsourcing.store.ReadOptions;
import io.eventsourcing.store.RecordedEvent;
import io.eventsourcing.store.StreamName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.json.JsonCompareMode;
import org.springframework.test.web.servlet.client.RestTestClient.ResponseSpec;

/** All that the school answers over HTTP. Subclasses choose by properties where events are kept. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@DirtiesContext // closes it before the database goes away
abstract class HttpScenario {

    private static final String UNKNOWN = "00000000-0000-4000-8000-000000000000";

    @LocalServerPort
    private int port;

    @Autowired
    EventStore store;

    @Autowired
    private Projections projections;

    SchoolClient school;

    @BeforeEach
    void connect() {
        school = SchoolClient.of(port);
    }

    /** The beginning of the store's description. */
    abstract String expectedStore();

    /** Of the list of dogs, which follows the events. */
    void assertList(Consumer<List<DogSummary>> expectation) {
        await().untilAsserted(() -> expectation.accept(school.list()));
    }

    private UUID graduate(String name) {
        UUID dog = school.register(name);
        List.of("sit", "roll over", "play dead", "beg", "fetch").forEach(trick -> school.teach(dog, trick));
        await().until(() -> school.dog(dog).graduated() != null);
        return dog;
    }

    private UUID fidoWithTwoTricks() {
        UUID fido = school.register("Fido");
        school.teach(fido, "roll over");
        school.teach(fido, "play dead");
        return fido;
    }

    private static void assertBody(ResponseSpec response, int status, String json) {
        response.expectStatus()
                .isEqualTo(status)
                .expectHeader()
                .contentType(MediaType.APPLICATION_JSON)
                .expectBody()
                .json(json, JsonCompareMode.STRICT);
    }

    private static void assertProblem(ResponseSpec response, HttpStatus status, String path, String detail) {
        response.expectStatus()
                .isEqualTo(status)
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .expectBody()
                .json("""
                        {"status": %d, "title": "%s", "instance": "%s", "detail": "%s"}\
                        """.formatted(status.value(), status.getReasonPhrase(), path, detail), JsonCompareMode.STRICT);
    }

    private static void assertInvalid(ResponseSpec response, String path, String field, String error) {
        response.expectStatus()
                .isBadRequest()
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .expectBody()
                .json("""
                        {"status": 400, "title": "Bad Request", "instance": "%s", "detail": "Invalid request content.",
                         "errors": {"%s": "%s"}}\
                        """.formatted(path, field, error), JsonCompareMode.STRICT);
    }

    @Test
    void eventsAreKeptWhereThePropertySays() {
        assertThat(store.description()).startsWith(expectedStore());
    }

    @Test
    void aRegisteredDogHasALocationAndIsShown() {
        ResponseSpec response = school.post("/dogs", "{\"name\":\"Fido\"}");
        DogView fido = response.returnResult(DogView.class).getResponseBody();
        assertThat(fido).isNotNull();
        response.expectHeader().location("/dogs/" + fido.id());
        String json = "{\"id\":\"" + fido.id() + "\",\"name\":\"Fido\",\"tricks\":[],\"version\":1}";
        assertBody(response, 201, json);
        assertBody(school.get("/dogs/" + fido.id()), 200, json);
    }

    @Test
    void aTrickIsLearnedAndTheDogIsShown() {
        UUID fido = school.register("Fido");
        assertBody(
                school.tryToTeach(fido, "roll over"),
                200,
                "{\"id\":\"" + fido + "\",\"name\":\"Fido\",\"tricks\":[\"roll over\"],\"version\":2}");
        String json =
                "{\"id\":\"" + fido + "\",\"name\":\"Fido\",\"tricks\":[\"roll over\",\"play dead\"],\"version\":3}";
        assertBody(school.tryToTeach(fido, "play dead"), 200, json);
        assertBody(school.get("/dogs/" + fido), 200, json);
    }

    @Test
    void aDogIsShownAsItWasAtAVersion() {
        UUID fido = fidoWithTwoTricks();
        assertThat(school.dog(fido, 1)).isEqualTo(new DogView(fido, "Fido", List.of(), 1, null));
        assertThat(school.dog(fido, 2)).isEqualTo(new DogView(fido, "Fido", List.of("roll over"), 2, null));
        assertThat(school.dog(fido, 3))
                .isEqualTo(new DogView(fido, "Fido", List.of("roll over", "play dead"), 3, null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"4", "9223372036854775807", "0", "-1", "-9223372036854775808"})
    void aVersionThatTheDogNeverHadIsNotFound(String version) {
        UUID fido = fidoWithTwoTricks();
        school.get("/dogs/" + fido + "?version=" + version)
                .expectStatus()
                .isNotFound()
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .expectBody()
                .jsonPath("$.status")
                .isEqualTo(404)
                .jsonPath("$.detail")
                .value(String.class, detail -> assertThat(detail).contains("Dog", version));
    }

    @ParameterizedTest
    @ValueSource(strings = {"first", "1.5", "9223372036854775808"})
    void aVersionThatIsNoNumberIsABadRequest(String version) {
        UUID fido = school.register("Fido");
        assertProblem(
                school.get("/dogs/" + fido + "?version=" + version),
                HttpStatus.BAD_REQUEST,
                "/dogs/" + fido,
                "Failed to convert 'version' with value: '" + version + "'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?version=1", "/events"})
    void aDogThatNobodyRegisteredIsNotFound(String rest) {
        assertProblem(
                school.get("/dogs/" + UNKNOWN + rest),
                HttpStatus.NOT_FOUND,
                "/dogs/" + UNKNOWN + rest.replaceFirst("\\?.*", ""),
                "There is no Dog with id " + UNKNOWN);
    }

    @Test
    void aDogThatNobodyRegisteredLearnsNothing() {
        assertProblem(
                school.tryToTeach(UUID.fromString(UNKNOWN), "sit"),
                HttpStatus.NOT_FOUND,
                "/dogs/" + UNKNOWN + "/tricks",
                "There is no Dog with id " + UNKNOWN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/dogs/Fido", "/dogs/Fido?version=1", "/dogs/Fido/events"})
    void anIdThatIsNoUuidIsABadRequest(String path) {
        assertProblem(
                school.get(path),
                HttpStatus.BAD_REQUEST,
                path.replaceFirst("\\?.*", ""),
                "Failed to convert 'id' with value: 'Fido'");
    }

    @Test
    void anIdThatIsNoUuidLearnsNothing() {
        assertProblem(
                school.post("/dogs/Fido/tricks", "{\"trick\":\"sit\"}"),
                HttpStatus.BAD_REQUEST,
                "/dogs/Fido/tricks",
                "Failed to convert 'id' with value: 'Fido'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"name\":null}", "{\"name\":\"\"}", "{\"name\":\"  \"}", "{\"trick\":\"sit\"}"})
    void aDogNeedsAName(String json) {
        assertInvalid(school.post("/dogs", json), "/dogs", "name", "must not be blank");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"trick\":null}", "{\"trick\":\"\"}", "{\"trick\":\"  \"}", "{\"name\":\"sit\"}"})
    void aTrickNeedsAName(String json) {
        UUID fido = school.register("Fido");
        String path = "/dogs/" + fido + "/tricks";
        assertInvalid(school.post(path, json), path, "trick", "must not be blank");
        assertThat(school.dog(fido).version()).isEqualTo(1);
    }

    @Test
    void aNameHasAtMost200Characters() {
        String longest = "ü".repeat(200);
        UUID dog = school.register(longest);
        assertThat(school.dog(dog).name()).isEqualTo(longest);
        assertInvalid(
                school.post("/dogs", "{\"name\":\"" + longest + "x\"}"),
                "/dogs",
                "name",
                "size must be between 0 and 200");
    }

    @Test
    void aTrickHasAtMost200Characters() {
        UUID fido = school.register("Fido");
        String longest = "😀".repeat(100);
        assertThat(school.teach(fido, longest).tricks()).containsExactly(longest);
        String path = "/dogs/" + fido + "/tricks";
        assertInvalid(school.tryToTeach(fido, "x".repeat(201)), path, "trick", "size must be between 0 and 200");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\\u0000b", "a\\nb", "a\\ud800b"})
    void whatNotEveryDatabaseCanKeepIsABadRequest(String text) {
        UUID fido = school.register("Fido");
        String path = "/dogs/" + fido + "/tricks";
        String error = "must not contain control characters";
        assertInvalid(school.post("/dogs", "{\"name\":\"" + text + "\"}"), "/dogs", "name", error);
        assertInvalid(school.tryToTeach(fido, text), path, "trick", error);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "", "null", "[]", "\"Fido\"", "{\"name\":[\"Fido\"]}", "{\"name\":\"Fido\"} {}"})
    void malformedJsonIsABadRequest(String json) {
        assertProblem(school.post("/dogs", json), HttpStatus.BAD_REQUEST, "/dogs", "Failed to read request");
    }

    @Test
    void aTrickThatIsKnownAlreadyIsAConflictAndChangesNothing() {
        UUID fido = fidoWithTwoTricks();
        assertProblem(
                school.tryToTeach(fido, "roll over"),
                HttpStatus.CONFLICT,
                "/dogs/" + fido + "/tricks",
                "Fido knows the trick 'roll over' already");
        assertThat(school.dog(fido)).isEqualTo(new DogView(fido, "Fido", List.of("roll over", "play dead"), 3, null));
    }

    @Test
    void theEventsOfADogAreShownInTheirOrder() {
        UUID fido = fidoWithTwoTricks();
        List<Map<String, Object>> events = school.events(fido);
        assertThat(events)
                .allSatisfy(event -> assertThat(event).containsOnlyKeys("type", "position", "recordedAt", "data"));
        assertThat(events).extracting("type").containsExactly("Dog.Registered", "Dog.TrickAdded", "Dog.TrickAdded");
        assertThat(events).extracting("position").containsExactly(0, 1, 2);
        assertThat(events)
                .extracting("data")
                .containsExactly(Map.of("name", "Fido"), Map.of("trick", "roll over"), Map.of("trick", "play dead"));
        assertThat(events)
                .extracting(event -> Instant.parse((String) event.get("recordedAt")))
                .isSorted();
    }

    @Test
    void aDogWithFiveTricksGraduatesOnce() {
        UUID fido = graduate("Fido");
        assertBody(
                school.get("/dogs/" + fido + "?version=7"),
                200,
                "{\"id\":\"" + fido + "\",\"name\":\"Fido\",\"tricks\":[\"sit\",\"roll over\",\"play dead\",\"beg\","
                        + "\"fetch\"],\"version\":7,\"graduated\":true}");
        school.teach(fido, "dance");
        assertThat(projections.awaitAll(Duration.ofSeconds(30))).isTrue();
        assertThat(school.events(fido))
                .extracting("type")
                .containsOnlyOnce("Dog.Graduated")
                .hasSize(8);
    }

    @Test
    void aGraduationIsSaidToBeCausedByTheTrick() {
        UUID fido = graduate("Fido");
        List<RecordedEvent> events =
                store.read(StreamName.of("Dog", fido), ReadOptions.forwards()).toList();
        RecordedEvent graduation = events.get(6);
        assertThat(graduation.type()).isEqualTo("Dog.Graduated");
        assertThat(new String(graduation.metadata(), UTF_8))
                .contains("\"causationId\":\"" + events.get(5).id() + "\"");
    }

    @Test
    void whatIsMadeOfTheEventsIsShown() {
        school.register("Fido");
        school.get("/actuator/eventsourcing")
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.store.backend")
                .isEqualTo(store.description())
                .jsonPath("$.projections.dogs.state")
                .isEqualTo("running")
                .jsonPath("$.projections.graduation.deadLetters")
                .isEqualTo(0);
    }

    @Test
    void dogsAreListedInTheOrderOfTheirRegistration() {
        List<UUID> dogs = IntStream.range(0, 30)
                .mapToObj(i -> school.register("Dog " + i))
                .toList();
        assertList(list -> assertThat(list).extracting(DogSummary::id).containsSubsequence(dogs));
    }

    @Test
    void twoDogsLearnForThemselves() {
        UUID fido = fidoWithTwoTricks();
        UUID rex = school.register("Rex");
        school.teach(rex, "roll over");
        assertThat(school.dog(fido).tricks()).containsExactly("roll over", "play dead");
        assertThat(school.dog(rex)).isEqualTo(new DogView(rex, "Rex", List.of("roll over"), 2, null));
        assertList(list ->
                assertThat(list).containsSubsequence(new DogSummary(fido, "Fido", 2), new DogSummary(rex, "Rex", 1)));
    }

    @Test
    void theListShowsNothingButIdNameAndNumberOfTricks() {
        UUID fido = fidoWithTwoTricks();
        assertList(list -> assertThat(list).contains(new DogSummary(fido, "Fido", 2)));
        List<Map<String, Object>> list = school.get("/dogs")
                .returnResult(new ParameterizedTypeReference<List<Map<String, Object>>>() {})
                .getResponseBody();
        assertThat(list).contains(Map.of("id", fido.toString(), "name", "Fido", "numberOfTricks", 2));
    }

    @Test
    void tricksThatAreTaughtAtOnceAreEachStoredOrRefused() throws Exception {
        UUID fido = school.register("Fido");
        List<String> accepted = teachAtOnce(fido, 24);
        assertThat(accepted).isNotEmpty();
        assertThat(school.dog(fido).tricks()).containsExactlyInAnyOrderElementsOf(accepted);
        DogView dog = school.dog(fido);
        assertThat(dog.version()).isEqualTo(1 + accepted.size() + (dog.graduated() == null ? 0 : 1));
    }

    /** Whoever loses a race has lost it to one of the other three, each of whom wins once; so three retries are enough. */
    @Test
    void fourTricksThatAreTaughtAtOnceAreAllLearned() throws Exception {
        for (int round = 0; round < 10; round++) {
            UUID fido = school.register("Fido");
            assertThat(teachAtOnce(fido, 4)).hasSize(4);
            assertThat(school.dog(fido).tricks()).hasSize(4);
        }
    }

    /** @return the tricks that were answered with 200; all others were answered with 409 */
    private List<String> teachAtOnce(UUID dog, int count) throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(count);
        CountDownLatch ready = new CountDownLatch(count);
        try {
            List<Callable<Integer>> requests = IntStream.range(0, count)
                    .<Callable<Integer>>mapToObj(i -> () -> {
                        ready.countDown();
                        ready.await();
                        return school.tryToTeach(dog, "trick " + i)
                                .returnResult()
                                .getStatus()
                                .value();
                    })
                    .toList();
            List<Future<Integer>> answers = executor.invokeAll(requests);
            List<String> accepted = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                int status = answers.get(i).get();
                assertThat(status).isIn(200, 409);
                if (status == 200) {
                    accepted.add("trick " + i);
                }
            }
            return accepted;
        } finally {
            executor.shutdownNow();
        }
    }

    @Test
    void theListCountsEveryTrickThatIsStoredThoughManyAreTaughtAtOnce() throws Exception {
        UUID rex = school.register("Rex");
        List<String> accepted = teachAtOnce(rex, 24);
        assertList(list -> assertThat(list).contains(new DogSummary(rex, "Rex", accepted.size())));
    }

    @Test
    void theHealthOfTheStoreIsShown() {
        school.get("/actuator/health")
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.components.eventStore.status")
                .isEqualTo("UP");
    }
}
