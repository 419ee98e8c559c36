package io.eventsourcing.eventstoredb.test;

import io.grpc.BindableService;
import io.grpc.Server;
import io.grpc.ServerCredentials;
import io.grpc.ServerInterceptor;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.nio.NioEventLoopGroup;
import io.grpc.netty.shaded.io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Takes gRPC calls on the loopback interface, from its start to its stop. Thread-safe. */
final class GrpcListener {

    /** As the real server: the largest event, and room for what surrounds it. */
    private static final int MAX_MESSAGE = 17 * 1024 * 1024;

    private static final long SECONDS_TO_STOP = 5;

    private final EventLoopGroup acceptor = new NioEventLoopGroup(1, daemons("eventstoredb-accept"));
    private final EventLoopGroup workers = new NioEventLoopGroup(2, daemons("eventstoredb-connection"));
    private final Connections connections = new Connections();
    private final ExecutorService executor;
    private final Server server;

    /** @param executor runs the calls; it is shut down with the listener */
    GrpcListener(
            int port,
            ServerCredentials credentials,
            ExecutorService executor,
            ServerInterceptor interceptor,
            List<BindableService> services) {
        this.executor = executor;
        NettyServerBuilder builder = NettyServerBuilder.forAddress(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), port), credentials)
                .bossEventLoopGroup(acceptor)
                .workerEventLoopGroup(workers)
                .channelFactory(connections::open)
                .executor(executor)
                .maxInboundMessageSize(MAX_MESSAGE)
                .intercept(interceptor);
        services.forEach(builder::addService);
        server = builder.build();
    }

    /** Runs each task at once; after its end it takes tasks and forgets them, as nobody waits for them any more. */
    static ExecutorService newExecutor() {
        return new ThreadPoolExecutor(
                0,
                Integer.MAX_VALUE,
                SECONDS_TO_STOP,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                daemons("eventstoredb-call"),
                new ThreadPoolExecutor.DiscardPolicy());
    }

    private static ThreadFactory daemons(String name) {
        return new DefaultThreadFactory(name, true);
    }

    /** @throws IOException if the port is taken */
    void start() throws IOException {
        try {
            server.start();
        } catch (IOException e) {
            stop();
            throw e;
        }
    }

    int port() {
        return server.getPort();
    }

    /** Cuts every connection, as if the process had died: a call that is being answered gets no answer. */
    void stop() {
        connections.cut();
        server.shutdownNow();
        executor.shutdownNow();
        waitForCalls();
        end(acceptor);
        end(workers);
    }

    /** What a call still says needs the threads of its connection, although nobody hears it. */
    private void waitForCalls() {
        try {
            server.awaitTermination(SECONDS_TO_STOP, TimeUnit.SECONDS);
            executor.awaitTermination(SECONDS_TO_STOP, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void end(EventLoopGroup group) {
        group.shutdownGracefully(0, SECONDS_TO_STOP, TimeUnit.SECONDS);
    }
}
