package io.eventsourcing.eventstoredb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventsourcing.eventstoredb.test.EventStoreDbServer;
import io.eventsourcing.store.EventStore;
import io.eventsourcing.store.EventStoreException;
import io.eventsourcing.store.ExpectedPosition;
import io.eventsourcing.store.PersistenceModules;
import io.eventsourcing.store.Settings;
import io.eventsourcing.store.StoreUnavailableException;
import io.eventsourcing.store.StreamName;
import io.eventsourcing.store.StreamPosition;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ServerSocket;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A store opens, or says in its own words what is wrong and what to do. It never says a secret. */
class OpeningTest {

    /** No message, log or description may have it. */
    private static final String SECRET = "canary";

    /** The server says of each client that it refuses why. */
    private static final Logger SERVER = Logger.getLogger("io.grpc");

    @BeforeAll
    static void quieten() {
        SERVER.setLevel(Level.OFF);
    }

    private static EventStore open(String... namesAndValues) {
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            values.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return PersistenceModules.onClassPath()
                .choose(Optional.of("eventsourcing_eventstoredb"))
                .open(Settings.of(values));
    }

    private static void opensAndAppends(String... namesAndValues) {
        StreamName stream = Events.newStream();
        try (EventStore store = open(namesAndValues)) {
            store.append(stream, ExpectedPosition.noStream(), Events.some(2));
            assertThat(store.position(stream)).isEqualTo(StreamPosition.of(1));
            assertThat(store.description()).startsWith("eventstoredb (").doesNotContain(SECRET);
        }
    }

    private static void isRefused(ThrowingCallable opening, Class<?> type, String... texts) {
        assertThatThrownBy(opening)
                .isInstanceOf(type)
                .hasMessageContainingAll(texts)
                .satisfies(failure -> assertThat(stackTrace(failure)).doesNotContain(SECRET));
    }

    private static String stackTrace(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    private static int unusedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @Test
    void missingUriIsNamedWithAnExample() {
        isRefused(() -> open(), IllegalArgumentException.class, "Set EVENTSTOREDB_URI", "esdb://localhost:2113");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    localhost:2113                              | looks like esdb://
                    http://user:canary@localhost:2113           | not with http://
                    esdb+other://localhost                      | not with esdb+other://
                    esdb://                                     | names no host
                    esdb://user:canary@                         | names no host
                    esdb://one:2113,,two:2113                   | names no host
                    esdb://localhost:70000                      | from 1 to 65535
                    esdb://localhost:0                          | from 1 to 65535
                    esdb://user:can/ary@localhost:2113          | looks like esdb://
                    esdb://user:canary?@localhost:2113          | written as %3F
                    esdb://user:canary%zz@localhost:2113        | %25
                    esdb://user:canar\u0131@localhost:2113      | ASCII
                    esdb://us%3Aer:canary@localhost:2113        | no colon
                    esdb://user:canary@localhost:2113?tls=maybe | 'maybe'
                    esdb://localhost:2113/path                  | looks like esdb://
                    """)
    void wrongUriIsNamedAndSaysWhatIsWrong(String uri, String what) {
        isRefused(() -> open("EVENTSTOREDB_URI", uri), IllegalArgumentException.class, "EVENTSTOREDB_URI", what);
    }

    @ParameterizedTest
    @ValueSource(strings = {"esdb", "esdb+discover", "kurrentdb", "kurrentdb+discover", "kdb", "ESDB"})
    void everySchemeIsTaken(String scheme) {
        try (EventStoreDbServer server = EventStoreDbServer.start()) {
            opensAndAppends("EVENTSTOREDB_URI", scheme + "://127.0.0.1:" + server.port() + "?Tls=false");
        }
    }

    /** The client alone fails on the ports of all hosts but the first, if they are above 32767. */
    @Test
    void anyOfSeveralHostsMayHaveAnyPort() throws IOException {
        try (EventStoreDbServer server = EventStoreDbServer.start()) {
            assertThat(server.port()).as("an ephemeral port").isGreaterThan(32767);
            opensAndAppends(
                    "EVENTSTOREDB_URI",
                    "esdb://127.0.0.1:" + unusedPort() + ",127.0.0.1:" + server.port() + "?tls=false");
        }
    }

    @Test
    void serverThatIsNotThereIsUnavailable() throws IOException {
        int port = unusedPort();
        isRefused(
                () -> open("EVENTSTOREDB_URI", "esdb://user:canary@127.0.0.1:" + port + "?tls=false"),
                StoreUnavailableException.class,
                "127.0.0.1:" + port,
                "doesn't answer",
                "Check that it runs");
    }

    @Test
    void hostThatNobodyKnowsIsUnavailable() {
        isRefused(
                () -> open("EVENTSTOREDB_URI", "esdb://user:canary@no-such-host.invalid:2113?tls=false"),
                StoreUnavailableException.class,
                "no-such-host.invalid",
                "no host of that name");
    }

    @Test
    void lazyStoreOpensBeforeTheServerIsThere() throws IOException {
        int port = unusedPort();
        StreamName stream = Events.newStream();
        try (EventStoreDbEventStore store =
                (EventStoreDbEventStore) open("EVENTSTOREDB_URI", uri(port), "EVENTSTOREDB_LAZY_START", "true")) {
            assertThat(store.isAvailable()).isFalse();
            try (EventStoreDbServer server =
                    EventStoreDbServer.builder().port(port).start()) {
                store.append(stream, ExpectedPosition.noStream(), Events.some(1));
                assertThat(store.isAvailable()).isTrue();
                server.stop();
                assertThat(store.isAvailable()).isFalse();
            }
        }
    }

    private static String uri(int port) {
        return "esdb://127.0.0.1:" + port + "?tls=false";
    }

    @Test
    void otherSettingsAreNamedWhenTheyAreWrong() {
        isRefused(
                () -> open("EVENTSTOREDB_URI", "esdb://localhost", "EVENTSTOREDB_LAZY_START", "perhaps"),
                IllegalArgumentException.class,
                "EVENTSTOREDB_LAZY_START",
                "perhaps");
        isRefused(
                () -> open("EVENTSTOREDB_URI", "esdb://localhost", "EVENTSTOREDB_STREAM_PREFIX", "my-school"),
                IllegalArgumentException.class,
                "EVENTSTOREDB_STREAM_PREFIX");
        isRefused(
                () -> open("EVENTSTOREDB_URI", "esdb://localhost", "EVENTSTOREDB_ROOT_CERTIFICATES", "/etc/ca.pem"),
                IllegalArgumentException.class,
                "EVENTSTOREDB_ROOT_CERTIFICATES",
                "BEGIN CERTIFICATE",
                "tlsCaFile");
    }

    @Test
    void certificateOfAnOwnAuthorityIsTakenAsText() {
        try (EventStoreDbServer server = EventStoreDbServer.builder().tls(true).start()) {
            opensAndAppends(
                    "EVENTSTOREDB_URI",
                    server.connectionString(),
                    "EVENTSTOREDB_ROOT_CERTIFICATES",
                    server.rootCertificates());
        }
    }

    @Test
    void unknownAuthorityIsATlsFailure() {
        try (EventStoreDbServer server = EventStoreDbServer.builder().tls(true).start();
                EventStoreDbServer other =
                        EventStoreDbServer.builder().tls(true).start()) {
            isRefused(
                    () -> open("EVENTSTOREDB_URI", server.connectionString()),
                    StoreUnavailableException.class,
                    "TLS",
                    "EVENTSTOREDB_ROOT_CERTIFICATES");
            isRefused(
                    () -> open(
                            "EVENTSTOREDB_URI",
                            server.connectionString(),
                            "EVENTSTOREDB_ROOT_CERTIFICATES",
                            other.rootCertificates()),
                    StoreUnavailableException.class,
                    "TLS");
        }
    }

    @Test
    void serverWithoutTlsIsATlsFailureForAClientWithIt() {
        try (EventStoreDbServer server = EventStoreDbServer.start()) {
            isRefused(
                    () -> open("EVENTSTOREDB_URI", "esdb://127.0.0.1:" + server.port()),
                    StoreUnavailableException.class,
                    "TLS",
                    "tls=false");
        }
    }

    @Test
    void serverWithTlsDoesNotAnswerAClientWithoutIt() {
        try (EventStoreDbServer server = EventStoreDbServer.builder().tls(true).start()) {
            isRefused(
                    () -> open("EVENTSTOREDB_URI", uri(server.port())),
                    StoreUnavailableException.class,
                    "take out tls=false");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"canary", "with space", "+plus+", "p@ss:w/o?rd#%&=", "100%"})
    void passwordIsTakenAsItIs(String password) {
        try (EventStoreDbServer server =
                EventStoreDbServer.builder().credentials("ad@min", password).start()) {
            opensAndAppends("EVENTSTOREDB_URI", server.connectionString());
        }
    }

    @Test
    void plusInAPasswordIsAPlus() {
        try (EventStoreDbServer server =
                EventStoreDbServer.builder().credentials("admin", "a+b").start()) {
            opensAndAppends("EVENTSTOREDB_URI", "esdb://admin:a+b@127.0.0.1:" + server.port() + "?tls=false");
        }
    }

    @Test
    void wrongPasswordIsRefusedAtOpening() {
        try (EventStoreDbServer server =
                EventStoreDbServer.builder().credentials("admin", "right").start()) {
            isRefused(
                    () -> open("EVENTSTOREDB_URI", "esdb://admin:canary@127.0.0.1:" + server.port() + "?tls=false"),
                    EventStoreException.class,
                    "127.0.0.1:" + server.port(),
                    "user name and password");
        }
    }

    @Test
    void missingCredentialsAreRefusedAtOpening() {
        try (EventStoreDbServer server =
                EventStoreDbServer.builder().credentials("admin", "right").start()) {
            isRefused(() -> open("EVENTSTOREDB_URI", uri(server.port())), EventStoreException.class, "user:password@");
        }
    }

    @Test
    void wrongPasswordOfALazyStoreIsSaidAtTheFirstCall() {
        try (EventStoreDbServer server = EventStoreDbServer.builder()
                        .credentials("admin", "right")
                        .start();
                EventStore store = open(
                        "EVENTSTOREDB_URI",
                        "esdb://admin:canary@127.0.0.1:" + server.port() + "?tls=false",
                        "EVENTSTOREDB_LAZY_START",
                        "true")) {
            isRefused(
                    () -> store.append(Events.newStream(), ExpectedPosition.any(), Events.some(1)),
                    EventStoreException.class,
                    "user name and password");
        }
    }

    @Test
    void isTheModuleThatIsMeantIfNothingElseIsThere() {
        assertThat(PersistenceModules.onClassPath().choose(Optional.empty()).name())
                .isEqualTo("eventstoredb");
    }

    @Test
    void closedStoreIsClosed() {
        try (EventStoreDbServer server = EventStoreDbServer.start()) {
            EventStore store = open("EVENTSTOREDB_URI", server.connectionString());
            store.close();
            store.close();
            assertThatThrownBy(() -> store.append(Events.newStream(), ExpectedPosition.any(), List.of()))
                    .isInstanceOf(StoreUnavailableException.class)
                    .hasMessageContaining("closed");
        }
    }
}
