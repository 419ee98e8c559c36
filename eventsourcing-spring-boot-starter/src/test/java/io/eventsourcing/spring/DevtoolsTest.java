package io.eventsourcing.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventsourcing.Aggregate;
import io.eventsourcing.Application;
import io.eventsourcing.EventSourcing;
import io.eventsourcing.spring.fixtures.Dog;
import io.eventsourcing.spring.fixtures.TrainingSchool;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.List;
import java.util.Properties;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** With devtools an application's classes are loaded anew at each restart, by a loader of their own. */
class DevtoolsTest {

    /** Loads the classes of the application itself, and leaves the rest to its parent. */
    private static final class RestartLoader extends URLClassLoader {

        RestartLoader() {
            super(
                    new URL[] {Dog.class.getProtectionDomain().getCodeSource().getLocation()},
                    RestartLoader.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                if (loaded == null && name.startsWith(Dog.class.getPackageName())) {
                    loaded = findClass(name);
                }
                return loaded != null ? loaded : super.loadClass(name, resolve);
            }
        }
    }

    private static Object call(Object target, String method, Object... arguments) {
        try {
            for (Method each : target.getClass().getMethods()) {
                if (each.getName().equals(method) && each.getParameterCount() == arguments.length) {
                    return each.invoke(target, arguments);
                }
            }
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
        throw new AssertionError("There is no method " + method);
    }

    @SuppressWarnings("unchecked")
    private static <T> Class<? extends T> load(RestartLoader loader, Class<? extends T> type) {
        try {
            Class<?> loaded = loader.loadClass(type.getName());
            assertThat(loaded).isNotSameAs(type);
            return (Class<? extends T>) loaded;
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aggregatesOfARestartedApplicationAreSavedAndLoaded() throws IOException {
        for (int restart = 0; restart < 2; restart++) {
            try (RestartLoader loader = new RestartLoader()) {
                Class<? extends Application> school = load(loader, TrainingSchool.class);
                Class<? extends Aggregate> dog = load(loader, Dog.class);
                new ApplicationContextRunner()
                        .withConfiguration(AutoConfigurations.of(EventSourcingAutoConfiguration.class))
                        .withPropertyValues("eventsourcing.persistence-module=memory")
                        .withClassLoader(loader)
                        .withBean(school)
                        .run(context -> {
                            Object bean = context.getBean(school);
                            UUID fido = (UUID) call(bean, "register", "Fido");
                            call(bean, "addTrick", fido, "roll over");
                            assertThat(call(bean, "tricks", fido)).isEqualTo(List.of("roll over"));
                            assertThat(context.getBean(EventSourcing.class)
                                            .repository()
                                            .get(dog, fido))
                                    .isExactlyInstanceOf(dog);
                        });
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "eventsourcing-core-0.1.0-SNAPSHOT.jar",
                "eventsourcing-jdbc-1.0.0.jar",
                "eventsourcing-eventstoredb-1.2.3.jar",
                "eventsourcing-test-2.0.0-RC1.jar",
                "eventsourcing-spring-boot-starter-0.1.0-SNAPSHOT.jar"
            })
    void ourJarsAreLoadedAnewWithTheApplication(String jar) throws IOException {
        assertThat(includes().matcher("file:/somewhere/lib/" + jar).find()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"spring-boot-4.1.1.jar", "kurrentdb-client-1.0.0.jar", "my-eventsourcing-core-1.0.jar"})
    void othersAreNot(String jar) throws IOException {
        assertThat(includes().matcher("file:/somewhere/lib/" + jar).find()).isFalse();
    }

    private static Pattern includes() throws IOException {
        Properties properties = new Properties();
        try (InputStream file =
                EventSourcingProperties.class.getResourceAsStream("/META-INF/spring-devtools.properties")) {
            properties.load(file);
        }
        return Pattern.compile(properties.getProperty("restart.include.eventsourcing"));
    }
}
