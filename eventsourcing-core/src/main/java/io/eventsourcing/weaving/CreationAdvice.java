package io.eventsourcing.weaving;

import net.bytebuddy.asm.Advice;

/**
 * Copied into every constructor that carries {@code @Event}. What stands before the call of {@code super} must not
 * branch: the object isn't initialised there, and a stack map frame could not say so.
 */
final class CreationAdvice {

    private CreationAdvice() {}

    @Advice.OnMethodEnter
    static Object[] enter(
            @Advice.Origin Class<?> type,
            @Advice.Origin(Weaver.MEMBER_NAME) String constructor,
            @Advice.AllArguments Object[] arguments) {
        return Weaver.creating(type, constructor, arguments);
    }

    @Advice.OnMethodExit
    static void exit(
            @Advice.This Object aggregate,
            @Advice.Origin(Weaver.MEMBER_NAME) String constructor,
            @Advice.Enter Object[] arguments) {
        Weaver.created(aggregate, constructor, arguments);
    }
}
