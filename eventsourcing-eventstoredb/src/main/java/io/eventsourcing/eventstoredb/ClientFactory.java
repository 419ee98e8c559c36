package io.eventsourcing.eventstoredb;

import io.kurrent.dbclient.ConnectionSettingsBuilder;
import io.kurrent.dbclient.Endpoint;
import io.kurrent.dbclient.KurrentDBClient;
import java.net.InetSocketAddress;
import java.util.Optional;

/** Makes clients, since one that has died can't be used again. A client connects when it is first used. Immutable. */
final class ClientFactory {

    private final ConnectionString address;
    private final Optional<RootCertificates> certificates;
    private final ServerNames names;

    ClientFactory(ConnectionString address, Optional<RootCertificates> certificates, ServerNames names) {
        this.address = address;
        this.certificates = certificates;
        this.names = names;
    }

    ConnectionString address() {
        return address;
    }

    /**
     * Makes a client.
     *
     * @param leader where the leader is, if it isn't where the connection string says. A client that has one address alone
     *     would go back to it for ever.
     */
    KurrentDBClient create(CallWatch watch, Optional<InetSocketAddress> leader) {
        ConnectionSettingsBuilder settings =
                address.settings().addInterceptor(watch).addInterceptor(new AllFilter(names.pattern()));
        leader.ifPresentOrElse(
                node -> settings.addHost(node.getHostString(), node.getPort()),
                () -> address.hosts().forEach(host -> add(settings, host)));
        return certificates
                .map(pem -> pem.inFile(file -> KurrentDBClient.create(
                        settings.tlsCaFile(file.toString()).buildConnectionSettings())))
                .orElseGet(() -> KurrentDBClient.create(settings.buildConnectionSettings()));
    }

    private static void add(ConnectionSettingsBuilder settings, Endpoint host) {
        settings.addHost(host.getHost(), host.getPort());
    }
}
