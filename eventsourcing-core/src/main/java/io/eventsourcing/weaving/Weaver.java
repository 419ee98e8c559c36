package io.eventsourcing.weaving;

import java.lang.instrument.Instrumentation;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Method;
import java.util.Arrays;
import net.bytebuddy.agent.ByteBuddyAgent;
import net.bytebuddy.description.type.TypeDescription;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one place with static state: the recorder that woven code reports to, and how classes of this JVM get woven.
 *
 * <p>The public static methods are called by woven code and by nobody else. They are thread-safe.
 */
public final class Weaver {

    /** Byte Buddy's pattern for the name of a member, see {@link #nameOf}. */
    static final String MEMBER_NAME = "#t:#m#d";

    static final String BUILD_MARK = "META-INF/io.eventsourcing/woven";

    /** {@code attach} attaches an agent though a build-time mark is there; {@code none} never attaches one. */
    private static final String MODE_PROPERTY = "eventsourcing.weaving";

    private static final Logger log = LoggerFactory.getLogger(Weaver.class);

    private static @Nullable CommandRecorder recorder;
    private static String unwovenBecause = "no aggregate was used yet";

    private Weaver() {}

    /**
     * Sends what woven code reports to the recorder, and makes sure that aggregates get woven: by the build, else by an
     * agent named on the command line, else by an agent attached to this JVM. Called once, by the static initialiser
     * of {@code Aggregate}, which the JVM runs before any constructor of a subclass.
     */
    public static void install(Class<?> aggregate, CommandRecorder commandRecorder) {
        recorder = commandRecorder;
        Instrumentation instrumentation = instrumentation(aggregate);
        if (instrumentation != null) {
            transformWith(instrumentation, aggregate);
        }
    }

    /** Why a class can have stayed unwoven, as the end of a sentence. */
    public static String unwovenBecause() {
        return unwovenBecause;
    }

    /** The name under which woven code reports a constructor or method. */
    public static String nameOf(Executable member) {
        Class<?> result = member instanceof Method method ? method.getReturnType() : void.class;
        String name = member instanceof Constructor ? "<init>" : member.getName();
        return member.getDeclaringClass().getName() + ":" + name
                + MethodType.methodType(result, member.getParameterTypes()).toMethodDescriptorString();
    }

    public static Object[] creating(Class<?> declaringType, String constructor, Object[] arguments) {
        recorder().creating(declaringType, constructor, arguments);
        return arguments;
    }

    public static void created(Object aggregate, String constructor, Object[] arguments) {
        recorder().created(aggregate, constructor, arguments);
    }

    public static boolean begin(Object aggregate) {
        return recorder().begin(aggregate);
    }

    public static void completed(Object aggregate, String method, Object[] arguments) {
        recorder().completed(aggregate, method, arguments);
    }

    public static void failed(Object aggregate) {
        recorder().failed(aggregate);
    }

    private static CommandRecorder recorder() {
        CommandRecorder current = recorder;
        if (current == null) {
            throw new IllegalStateException("Woven code ran before io.eventsourcing.Aggregate was initialised");
        }
        return current;
    }

    private static @Nullable Instrumentation instrumentation(Class<?> aggregate) {
        Instrumentation given = givenOnCommandLine();
        if (given != null) {
            unwovenBecause = "the agent was installed after the class had failed to weave; see the log";
            return given;
        }
        String mode = System.getProperty(MODE_PROPERTY, "");
        if (mode.equals("none") || (!mode.equals("attach") && isWovenByBuild(aggregate))) {
            unwovenBecause = mode.equals("none")
                    ? "-D" + MODE_PROPERTY + "=none forbids attaching an agent"
                    : "other classes were woven at build time, so no agent was attached (-D" + MODE_PROPERTY
                            + "=attach attaches one all the same)";
            return null;
        }
        return attach();
    }

    private static @Nullable Instrumentation givenOnCommandLine() {
        try {
            return ByteBuddyAgent.getInstrumentation();
        } catch (IllegalStateException notGiven) {
            return null;
        }
    }

    private static @Nullable Instrumentation attach() {
        try {
            Instrumentation attached = ByteBuddyAgent.install();
            log.info("Aggregates are woven by an agent attached to this JVM, which costs a moment at start and from"
                    + " JDK 21 on a warning. Weaving at build time (byte-buddy-maven-plugin, goal transform) or"
                    + " -javaagent:byte-buddy-agent.jar does without.");
            unwovenBecause = "weaving failed; see the log";
            return attached;
        } catch (IllegalStateException | LinkageError e) {
            unwovenBecause = "this JVM lets no agent attach itself (" + e.getMessage() + ")";
            log.debug("No agent could be attached", e);
            return null;
        }
    }

    private static boolean isWovenByBuild(Class<?> aggregate) {
        return isMarked(aggregate.getClassLoader())
                || isMarked(Thread.currentThread().getContextClassLoader());
    }

    private static boolean isMarked(@Nullable ClassLoader loader) {
        return loader != null && loader.getResource(BUILD_MARK) != null;
    }

    private static void transformWith(Instrumentation instrumentation, Class<?> aggregate) {
        instrumentation.addTransformer(new WeavingTransformer(), true);
        try {
            Class<?>[] unwoven = Arrays.stream(instrumentation.getAllLoadedClasses())
                    .filter(type -> type != aggregate && aggregate.isAssignableFrom(type))
                    .filter(type -> Weaving.concerns(TypeDescription.ForLoadedType.of(type))) // others would lose names
                    .toArray(Class<?>[]::new);
            if (unwoven.length > 0) {
                instrumentation.retransformClasses(unwoven);
            }
        } catch (Exception | LinkageError e) {
            log.error("Aggregates that are loaded already could not be woven", e);
        }
    }
}
