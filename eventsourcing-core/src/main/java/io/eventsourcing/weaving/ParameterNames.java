package io.eventsourcing.weaving;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.method.ParameterDescription;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.utility.OpenedClassReader;
import org.jspecify.annotations.Nullable;

/**
 * Gives back the names of parameters to a class that is retransformed: up to JDK 20 the JVM hands such a class out without
 * them (JDK-8240908), and what it is then given would be without them for ever.
 */
final class ParameterNames extends VisitorWrapper {

    private final Map<String, List<ParameterDescription.InDefinedShape>> missing = new HashMap<>();

    /** @param original as the class file says it */
    ParameterNames(TypeDescription handedOut, TypeDescription original) {
        Map<String, List<ParameterDescription.InDefinedShape>> named = new HashMap<>();
        original.getDeclaredMethods().forEach(method -> named.put(key(method), named(method)));
        handedOut.getDeclaredMethods().stream()
                .filter(method -> named(method).isEmpty())
                .forEach(method -> missing.put(key(method), named.getOrDefault(key(method), List.of())));
    }

    private static String key(MethodDescription method) {
        return method.getInternalName() + method.getDescriptor();
    }

    private static List<ParameterDescription.InDefinedShape> named(MethodDescription.InDefinedShape method) {
        return method.getParameters().stream().allMatch(ParameterDescription::isNamed)
                ? List.copyOf(method.getParameters())
                : List.of();
    }

    @Override
    ClassVisitor wrap(ClassVisitor visitor) {
        return new ClassVisitor(OpenedClassReader.ASM_API, visitor) {
            @Override
            public @Nullable MethodVisitor visitMethod(
                    int access,
                    String name,
                    String descriptor,
                    @Nullable String signature,
                    String @Nullable [] exceptions) {
                MethodVisitor method = super.visitMethod(access, name, descriptor, signature, exceptions);
                List<ParameterDescription.InDefinedShape> parameters =
                        missing.getOrDefault(name + descriptor, List.of());
                return method == null || parameters.isEmpty() ? method : withNames(method, parameters);
            }
        };
    }

    /** What is returned is a visitor of its own: a plain writer's method ASM would copy as it was, without the names. */
    private static MethodVisitor withNames(MethodVisitor method, List<ParameterDescription.InDefinedShape> parameters) {
        parameters.forEach(parameter -> method.visitParameter(parameter.getName(), parameter.getModifiers()));
        return new MethodVisitor(OpenedClassReader.ASM_API, method) {};
    }
}
