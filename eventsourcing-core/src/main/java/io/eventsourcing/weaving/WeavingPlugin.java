package io.eventsourcing.weaving;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import net.bytebuddy.build.Plugin;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.dynamic.DynamicType;

/**
 * Weaves aggregates at build time. Byte Buddy's Maven and Gradle plugins find it through {@code
 * META-INF/net.bytebuddy/build.plugins}; with it no agent is attached at run time.
 */
public final class WeavingPlugin implements Plugin {

    private final Path outputDirectory;
    private boolean used;

    /** @param outputDirectory where the classes lie; a mark is left there that tells the run time to attach nothing */
    public WeavingPlugin(File outputDirectory) {
        this.outputDirectory = outputDirectory.toPath();
    }

    @Override
    public boolean matches(TypeDescription target) {
        return Weaving.concerns(target);
    }

    @Override
    public DynamicType.Builder<?> apply(
            DynamicType.Builder<?> builder, TypeDescription type, ClassFileLocator classFileLocator) {
        used = true;
        return Weaving.weave(builder);
    }

    @Override
    public void close() throws IOException {
        if (used && Files.isDirectory(outputDirectory)) {
            Path mark = outputDirectory.resolve(Weaver.BUILD_MARK);
            Files.createDirectories(mark.getParent());
            Files.writeString(mark, "Aggregates in this archive were woven at build time.\n");
        }
    }
}
