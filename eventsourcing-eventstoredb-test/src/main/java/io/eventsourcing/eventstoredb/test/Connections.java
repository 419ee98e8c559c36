package io.eventsourcing.eventstoredb.test;

import io.grpc.netty.shaded.io.netty.channel.Channel;
import io.grpc.netty.shaded.io.netty.channel.ServerChannel;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioServerSocketChannel;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The connections of a listener, so that they can be cut. gRPC itself would end each call with a status, which a server
 * that dies doesn't. Thread-safe.
 */
final class Connections {

    private final Set<Channel> open = ConcurrentHashMap.newKeySet();
    private volatile boolean cut;

    /** What accepts the connections. */
    ServerChannel open() {
        return new Accepting();
    }

    /** Takes no more connections, and cuts those that there are. */
    void cut() {
        cut = true;
        open.forEach(Connections::cut);
        open.forEach(connection -> connection.closeFuture().awaitUninterruptibly());
    }

    /** Past the handlers of the connection, which would say goodbye. */
    private static void cut(Channel connection) {
        connection.eventLoop().execute(() -> connection.unsafe().close(connection.voidPromise()));
    }

    private final class Accepting extends NioServerSocketChannel {

        @Override
        protected int doReadMessages(List<Object> accepted) throws Exception {
            if (cut) {
                return 0;
            }
            int count = super.doReadMessages(accepted);
            accepted.forEach(connection -> note((Channel) connection));
            return count;
        }

        private void note(Channel connection) {
            open.add(connection);
            connection.closeFuture().addListener(closed -> open.remove(connection));
        }
    }
}
