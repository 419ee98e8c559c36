package io.eventsourcing.eventstoredb.test;

import io.grpc.BindableService;
import io.grpc.Server;
import io.grpc.ServerCredentials;
import io.grpc.ServerInterceptor;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.nio.NioEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioServerSocketChannel;
import io.grpc.netty.shaded.io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/** Takes gRPC calls on the loopback interface, from its start to its stop. Thread-safe. */
final class GrpcListener {

    /** As the real server: the largest event, and room for what surrounds it. */
    private static final int MAX_MESSAGE = 17 * 1024 * 1024;

    private static final long SECONDS_TO_STOP = 5;

    private final EventLoopGroup acceptor = new NioEventLoopGroup(1, daemons("eventstoredb-accept"));
    private final EventLoopGroup connections = new NioEventLoopGroup(2, daemons("eventstoredb-connection"));
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
                .workerEventLoopGroup(connections)
                .channelType(NioServerSocketChannel.class)
                .executor(executor)
                .maxInboundMessageSize(MAX_MESSAGE)
                .intercept(interceptor);
        services.forEach(builder::addService);
        server = builder.build();
    }

    static ThreadFactory daemons(String name) {
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
        server.shutdown();
        connections.shutdownGracefully(0, SECONDS_TO_STOP, TimeUnit.SECONDS).awaitUninterruptibly();
        acceptor.shutdownGracefully(0, SECONDS_TO_STOP, TimeUnit.SECONDS).awaitUninterruptibly();
        executor.shutdownNow();
    }
}
