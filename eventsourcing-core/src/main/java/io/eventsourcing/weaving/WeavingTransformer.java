package io.eventsourcing.weaving;

import java.lang.instrument.ClassFileTransformer;
import java.nio.charset.StandardCharsets;
import java.security.ProtectionDomain;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.dynamic.DynamicType;
import net.bytebuddy.dynamic.scaffold.InstrumentedType;
import net.bytebuddy.dynamic.scaffold.MethodGraph;
import net.bytebuddy.dynamic.scaffold.TypeValidation;
import net.bytebuddy.implementation.Implementation;
import net.bytebuddy.pool.TypePool;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Weaves aggregates while the JVM loads them. Every class passes here, so the first look is at the bytes alone. */
final class WeavingTransformer implements ClassFileTransformer {

    private static final Logger log = LoggerFactory.getLogger(WeavingTransformer.class);
    private static final byte[] EVENT_DESCRIPTOR =
            ("L" + Weaving.EVENT.replace('.', '/') + ";").getBytes(StandardCharsets.US_ASCII);

    private final ByteBuddy byteBuddy = new ByteBuddy()
            .with(TypeValidation.DISABLED)
            .with(MethodGraph.Compiler.ForDeclaredMethods.INSTANCE)
            .with(InstrumentedType.Factory.Default.FROZEN)
            .with(Implementation.Context.Disabled.Factory.INSTANCE);

    @Override
    public byte @Nullable [] transform(
            @Nullable ClassLoader loader,
            @Nullable String internalName,
            @Nullable Class<?> redefined,
            ProtectionDomain domain,
            byte[] classFile) {
        if (internalName == null || !mentionsEvent(classFile)) {
            return null;
        }
        try {
            return weave(loader, internalName.replace('/', '.'), redefined != null, classFile);
        } catch (Throwable e) { // the JVM would swallow it: the class is refused when it is first used
            log.error("Weaving {} failed", internalName, e);
            return null;
        }
    }

    private byte @Nullable [] weave(@Nullable ClassLoader loader, String name, boolean loaded, byte[] classFile) {
        ClassFileLocator original = ClassFileLocator.ForClassLoader.of(loader);
        ClassFileLocator given = new ClassFileLocator.Compound(ClassFileLocator.Simple.of(name, classFile), original);
        TypeDescription type = TypePool.Default.of(given).describe(name).resolve();
        if (!Weaving.concerns(type)) {
            return null;
        }
        DynamicType.Builder<?> builder = Weaving.weave(byteBuddy.redefine(type, given));
        TypePool.Resolution originalType = TypePool.Default.of(original).describe(name);
        if (loaded && originalType.isResolved()) {
            builder = builder.visit(new ParameterNames(type, originalType.resolve()));
        }
        return builder.make().getBytes();
    }

    private static boolean mentionsEvent(byte[] classFile) {
        int last = classFile.length - EVENT_DESCRIPTOR.length;
        for (int start = 0; start <= last; start++) {
            if (classFile[start] == 'L' && matchesAt(classFile, start)) {
                return true;
            }
        }
        return false;
    }

    private static boolean matchesAt(byte[] classFile, int start) {
        for (int i = 1; i < EVENT_DESCRIPTOR.length; i++) {
            if (classFile[start + i] != EVENT_DESCRIPTOR[i]) {
                return false;
            }
        }
        return true;
    }
}
