package io.eventsourcing.eventstoredb.test;

import io.eventsourcing.eventstoredb.test.Caller.Role;
import java.util.Map;
import java.util.Optional;

/**
 * How a server was asked to be. Immutable.
 *
 * @param port 0 for any that is free
 * @param roles by user and password with a colon between; empty if everybody may do everything
 * @param userInfo of the connection string, with the @ behind it; empty if there are no users
 * @param certificate empty without TLS
 */
record ServerOptions(
        int port,
        ServerVersion version,
        Node.Limits limits,
        Map<String, Role> roles,
        String userInfo,
        Optional<ServerCertificate> certificate) {}
