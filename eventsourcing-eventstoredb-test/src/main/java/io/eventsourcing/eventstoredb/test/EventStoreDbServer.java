package io.eventsourcing.eventstoredb.test;

import io.grpc.BindableService;
import io.grpc.InsecureServerCredentials;
import io.grpc.ServerCredentials;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A server for tests that speaks the protocol of EventStoreDB and KurrentDB, in this process, on the loopback interface.
 * What it is told is kept in memory, from one {@link #stop()} to the next {@link #startAgain()}, until it is closed.
 *
 * <p>Thread-safe.
 */
public final class EventStoreDbServer implements AutoCloseable {

    static final String HOST = "127.0.0.1";

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration PAUSE = Duration.ofMillis(20);

    private final UUID id = UUID.randomUUID();
    private final ServerOptions options;
    private final EventLog log;
    private final Cluster cluster;
    private final OpenReads openReads = new OpenReads();
    private final Runnable wakeSubscriptions = openReads::wakeSubscriptions;
    private final Faults faults;
    private volatile int port;
    private volatile @Nullable GrpcListener listener;

    EventStoreDbServer(ServerOptions options, EventLog log, Cluster cluster) {
        this.options = options;
        this.log = log;
        this.cluster = cluster;
        port = options.port();
        faults = new Faults(action -> openReads.forSubscriptions(call -> true, action), log::forgetEventIds);
    }

    /** Starts a server without users and without TLS, on a free port. */
    public static EventStoreDbServer start() {
        return builder().start();
    }

    public static EventStoreDbServerBuilder builder() {
        return new EventStoreDbServerBuilder();
    }

    static EventStoreDbServer start(ServerOptions options, Clock clock) {
        return start(new EventStoreDbServer(options, new EventLog(clock), new Cluster()));
    }

    /** Starts a server beside this one, that shares its log. */
    EventStoreDbServer startBeside(ServerOptions otherOptions) {
        return start(new EventStoreDbServer(otherOptions, log, cluster));
    }

    private static EventStoreDbServer start(EventStoreDbServer server) {
        server.listen(Duration.ZERO);
        server.cluster.join(server);
        return server;
    }

    /**
     * How a client reaches this server, with a user where there are users.
     *
     * @return for instance {@code esdb://127.0.0.1:40213?tls=false}
     */
    public String connectionString() {
        return connectionString("esdb");
    }

    /** How a client reaches the leader of this server's cluster: it asks this server who leads. */
    public String discoveryConnectionString() {
        return connectionString("esdb+discover");
    }

    private String connectionString(String scheme) {
        return scheme + "://" + options.userInfo() + HOST + ":" + port + "?tls="
                + options.certificate().isPresent();
    }

    /** The port, also while the server is stopped. */
    public int port() {
        return port;
    }

    /**
     * The certificate of the authority that vouches for this server, in PEM.
     *
     * @throws IllegalStateException if the server was started without TLS
     */
    public String rootCertificates() {
        return options.certificate()
                .map(ServerCertificate::rootPem)
                .orElseThrow(() -> new IllegalStateException("The server was started without TLS"));
    }

    /** What can be made to go wrong. */
    public Faults faults() {
        return faults;
    }

    /** Whether it takes calls. */
    public boolean isRunning() {
        return listener != null;
    }

    /** Stops as if the process had died: connections are cut, what was written is kept. */
    public synchronized void stop() {
        GrpcListener running = listener;
        if (running == null) {
            return;
        }
        listener = null;
        log.unfollow(wakeSubscriptions);
        running.stop();
        openReads.clear();
    }

    /**
     * Starts a stopped server, on the port that it had, with what had been written. It no longer knows which event ids it
     * has seen, see {@link Faults#forgetEventIds()}. Does nothing if it is running.
     *
     * @throws UncheckedIOException if the port is taken, and stays so for five seconds
     */
    public void startAgain() {
        listen(PATIENCE);
    }

    private synchronized void listen(Duration patience) {
        if (listener != null) {
            return;
        }
        GrpcListener started = started(System.nanoTime() + patience.toNanos());
        log.noteStart();
        log.follow(wakeSubscriptions);
        port = started.port();
        listener = started;
    }

    /** A client that tries a port where nobody listens may be given that port for its own end of the connection. */
    private GrpcListener started(long deadline) {
        while (true) {
            GrpcListener starting = listener();
            try {
                starting.start();
                return starting;
            } catch (IOException e) {
                if (System.nanoTime() > deadline) {
                    throw new UncheckedIOException("Cannot listen on port " + port, e);
                }
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
    }

    private GrpcListener listener() {
        ExecutorService executor = GrpcListener.newExecutor();
        ServerCredentials credentials =
                options.certificate().map(ServerCertificate::credentials).orElseGet(InsecureServerCredentials::create);
        return new GrpcListener(
                port, credentials, executor, new CallerInterceptor(options.roles()), endpoints(executor));
    }

    private List<BindableService> endpoints(ExecutorService executor) {
        Node node = new Node(
                log,
                options.version(),
                options.limits(),
                faults,
                openReads,
                executor,
                () -> cluster.leaderBeside(this));
        List<BindableService> endpoints = new ArrayList<>(List.of(
                new StreamsEndpoint(node), new ServerFeaturesEndpoint(options.version()), new GossipEndpoint(cluster)));
        if (options.version().appendsToSeveralStreams()) {
            endpoints.add(new AppendSessionEndpoint(node));
        }
        return endpoints;
    }

    /**
     * Makes this server the leader of its cluster. The other servers refuse what requires the leader, and end the
     * subscriptions that do.
     */
    public void becomeLeader() {
        cluster.lead(this);
        cluster.members().stream().filter(member -> member != this).forEach(member -> member.follow(this));
    }

    private void follow(EventStoreDbServer leader) {
        openReads.forSubscriptions(
                ReadCall::requiresLeader,
                call -> call.end(client -> client.onError(Refusals.notLeader(leader.address()))));
    }

    LeaderAddress address() {
        return new LeaderAddress(HOST, port);
    }

    UUID id() {
        return id;
    }

    /** Stops for good. */
    @Override
    public void close() {
        stop();
        cluster.leave(this);
    }

    /**
     * Runs a server until the process is killed, with what it was told in memory only. Of the lines of standard input,
     * {@code stop} does what {@link #stop()} does, and {@code start} what {@link #startAgain()} does.
     *
     * @param arguments {@code --port} and a number; 2113 without
     */
    public static void main(String[] arguments) throws InterruptedException, IOException {
        EventStoreDbServer server = builder().port(portOf(arguments)).start();
        System.out.println(server.connectionString());
        System.out.println("Everything is kept in memory, and lost when this process ends.");
        System.out.println("stop cuts it off; start brings it back, with what was written.");
        server.obey(new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)));
        Thread.currentThread().join();
    }

    private void obey(BufferedReader commands) throws IOException {
        for (String command = commands.readLine(); command != null; command = commands.readLine()) {
            switch (command.strip()) {
                case "" -> {}
                case "stop" -> stop();
                case "start" -> startAgain();
                default -> System.out.println("The commands are stop and start.");
            }
        }
    }

    private static int portOf(String[] arguments) {
        if (arguments.length == 0) {
            return 2113;
        }
        if (arguments.length != 2 || !arguments[0].equals("--port")) {
            throw new IllegalArgumentException("Arguments: --port <number>");
        }
        return Integer.parseInt(arguments[1]);
    }
}
