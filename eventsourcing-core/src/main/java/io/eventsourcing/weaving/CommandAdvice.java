package io.eventsourcing.weaving;

import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Copied into every method that carries {@code @Event}; the arguments reported are those the caller passed. */
final class CommandAdvice {

    private CommandAdvice() {}

    @Advice.OnMethodEnter
    static boolean enter(@Advice.This Object aggregate) {
        return Weaver.begin(aggregate);
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class)
    static void exit(
            @Advice.Enter boolean outermost,
            @Advice.This Object aggregate,
            @Advice.Thrown @Nullable Throwable thrown,
            @Advice.Origin(Weaver.MEMBER_NAME) String method,
            @Advice.AllArguments Object[] arguments) {
        if (outermost) {
            if (thrown == null) {
                Weaver.completed(aggregate, method, arguments);
            } else {
                Weaver.failed(aggregate);
            }
        }
    }
}
