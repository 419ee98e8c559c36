package io.eventsourcing.eventstoredb.test;

import io.eventsourcing.eventstoredb.test.Caller.Role;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds out who calls. Immutable. */
final class CallerInterceptor implements ServerInterceptor {

    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
    private static final Metadata.Key<String> REQUIRES_LEADER =
            Metadata.Key.of("requires-leader", Metadata.ASCII_STRING_MARSHALLER);
    private static final String BASIC = "Basic ";

    private final Map<String, Role> roles;

    /** @param roles by user and password with a colon between; without any, everybody may do everything */
    CallerInterceptor(Map<String, Role> roles) {
        this.roles = roles;
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        Optional<Role> role = role(headers.get(AUTHORIZATION));
        if (role.isEmpty()) {
            call.close(Status.UNAUTHENTICATED.withDescription("Unauthenticated"), new Metadata());
            return new ServerCall.Listener<>() {};
        }
        Caller caller = new Caller(role.get(), Boolean.parseBoolean(headers.get(REQUIRES_LEADER)));
        return Contexts.interceptCall(Context.current().withValue(Caller.KEY, caller), call, headers, next);
    }

    /** Empty for somebody who isn't who he says. */
    private Optional<Role> role(@Nullable String authorization) {
        if (roles.isEmpty()) {
            return Optional.of(Role.ADMINISTRATOR);
        }
        if (authorization == null) {
            return Optional.of(Role.NOBODY);
        }
        return Optional.of(authorization)
                .filter(text -> text.regionMatches(true, 0, BASIC, 0, BASIC.length()))
                .flatMap(text -> decoded(text.substring(BASIC.length())))
                .map(roles::get);
    }

    private static Optional<String> decoded(String base64) {
        try {
            return Optional.of(new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
