package io.eventsourcing.weaving;

import static net.bytebuddy.matcher.ElementMatchers.declaresMethod;
import static net.bytebuddy.matcher.ElementMatchers.hasSuperClass;
import static net.bytebuddy.matcher.ElementMatchers.isAbstract;
import static net.bytebuddy.matcher.ElementMatchers.isAnnotatedWith;
import static net.bytebuddy.matcher.ElementMatchers.isConstructor;
import static net.bytebuddy.matcher.ElementMatchers.isMethod;
import static net.bytebuddy.matcher.ElementMatchers.isStatic;
import static net.bytebuddy.matcher.ElementMatchers.isSynthetic;
import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.not;

import net.bytebuddy.asm.Advice;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.DynamicType;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.matcher.ElementMatcher;
import net.bytebuddy.utility.OpenedClassReader;

/** The one change that every door makes to a class: the advice, and the mark that it is there. */
final class Weaving {

    static final String AGGREGATE = "io.eventsourcing.Aggregate";
    static final String EVENT = "io.eventsourcing.Event";

    /** Bridges are left out: the compiler copies the annotation to them, and they call the method that is woven. */
    private static final ElementMatcher<MethodDescription> EVENT_MEMBER =
            isAnnotatedWith(named(EVENT)).and(not(isSynthetic()));

    private static final ElementMatcher<TypeDescription> TARGET = hasSuperClass(named(AGGREGATE))
            .and(not(isAnnotatedWith(named(Woven.class.getName()))))
            .and(declaresMethod(EVENT_MEMBER));

    private Weaving() {}

    static boolean concerns(TypeDescription type) {
        return TARGET.matches(type);
    }

    static <T> DynamicType.Builder<T> weave(DynamicType.Builder<T> builder) {
        return builder.visit(Advice.to(CommandAdvice.class)
                        .on(isMethod()
                                .and(not(isStatic()))
                                .and(not(isAbstract()))
                                .and(EVENT_MEMBER)))
                .visit(Advice.to(CreationAdvice.class).on(isConstructor().and(EVENT_MEMBER)))
                .visit(new Mark());
    }

    /** Adds {@link Woven} without changing what the JVM calls the schema of a class, so that loaded classes take it. */
    private static final class Mark extends VisitorWrapper {

        @Override
        ClassVisitor wrap(ClassVisitor visitor) {
            return new ClassVisitor(OpenedClassReader.ASM_API, visitor) {
                @Override
                public void visitEnd() {
                    visitAnnotation(Woven.class.descriptorString(), true).visitEnd();
                    super.visitEnd();
                }
            };
        }
    }
}
