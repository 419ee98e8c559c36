package io.eventsourcing.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventsourcing.Application;
import io.eventsourcing.EventSourcing;
import io.eventsourcing.spring.fixtures.Dog;
import io.eventsourcing.spring.fixtures.DogName;
import io.eventsourcing.spring.fixtures.DogNames;
import io.eventsourcing.spring.fixtures.TrainingSchool;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.jdbc.DataSourceBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.jdbc.repository.config.EnableJdbcRepositories;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Beans that need each other are made in an order that works, without circles. */
class BeanOrderTest {

    private static final String READ_MODEL = "CREATE TABLE dog_name (id UUID PRIMARY KEY, name VARCHAR(100))";

    @Configuration(proxyBeanMethods = false)
    static class OwnDataSource {
        @Bean
        DataSource own() {
            return DataSourceBuilder.create()
                    .url("jdbc:h2:mem:" + UUID.randomUUID())
                    .build();
        }
    }

    static class Counting extends DelegatingDataSource {

        private final AtomicInteger connections = new AtomicInteger();

        Counting(DataSource target) {
            super(target);
        }

        @Override
        public Connection getConnection() throws SQLException {
            connections.incrementAndGet();
            return super.getConnection();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Wrapping {
        @Bean
        static BeanPostProcessor wrapper() {
            return new BeanPostProcessor() {
                @Override
                public Object postProcessAfterInitialization(Object bean, String name) {
                    return bean instanceof DataSource dataSource ? new Counting(dataSource) : bean;
                }
            };
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableJdbcRepositories(basePackageClasses = DogNames.class)
    static class WithRepositories {}

    /** An application that needs a repository of Spring Data's. */
    static class Kennel extends Application {

        private final DogNames names;

        Kennel(DogNames names) {
            this.names = names;
        }

        @Transactional
        public UUID register(String name) {
            Dog dog = new Dog(name);
            save(dog);
            names.save(new DogName(dog.id(), name));
            return dog.id();
        }

        @Transactional
        public void registerTwice(String name) {
            UUID id = register(name);
            names.save(new DogName(id, name));
        }
    }

    /** A repository that needs an application. */
    @Repository
    static class Tricks {

        private final TrainingSchool school;
        private final JdbcTemplate jdbc;

        Tricks(TrainingSchool school, JdbcTemplate jdbc) {
            this.school = school;
            this.jdbc = jdbc;
        }

        int count(UUID id) {
            jdbc.execute("SELECT 1");
            return school.tricks(id).size();
        }
    }

    private static UUID registersAndRemembers(ConfigurableApplicationContext context) {
        TrainingSchool school = context.getBean(TrainingSchool.class);
        UUID fido = school.register("Fido");
        school.addTrick(fido, "roll over");
        assertThat(school.tricks(fido)).containsExactly("roll over");
        return fido;
    }

    @Test
    void aDataSourceOfTheApplications() {
        try (ConfigurableApplicationContext context =
                Program.whole(TrainingSchool.class, OwnDataSource.class).start()) {
            registersAndRemembers(context);
            assertThat(context.getBeansOfType(DataSource.class)).containsOnlyKeys("own");
        }
    }

    @Test
    void aDataSourceThatIsWrapped() {
        try (ConfigurableApplicationContext context =
                Program.whole(TrainingSchool.class, Wrapping.class).start()) {
            Counting wrapped = (Counting) context.getBean(DataSource.class);
            int before = wrapped.connections.get();
            registersAndRemembers(context);
            assertThat(wrapped.connections)
                    .as("the store uses what the others use")
                    .hasValueGreaterThan(before);
        }
    }

    @Test
    void anApplicationThatNeedsARepository() {
        Program program = Program.whole(Kennel.class, WithRepositories.class);
        try (ConfigurableApplicationContext context = program.start()) {
            context.getBean(JdbcTemplate.class).execute(READ_MODEL);
            Kennel kennel = context.getBean(Kennel.class);
            UUID fido = kennel.register("Fido");
            assertThat(context.getBean(DogNames.class).findById(fido)).isPresent();
            assertThatThrownBy(() -> kennel.registerTwice("Rex")).isInstanceOf(RuntimeException.class);
            assertThat(context.getBean(DogNames.class).count()).isEqualTo(1);
            assertThat(context.getBean(EventSourcing.class).repository().exists(Dog.class, fido))
                    .isTrue();
            assertThat(context.getBean(JdbcTemplate.class)
                            .queryForObject("SELECT COUNT(*) FROM es_events", Integer.class))
                    .isEqualTo(1);
        }
    }

    @Test
    void aRepositoryThatNeedsAnApplication() {
        try (ConfigurableApplicationContext context =
                Program.whole(Tricks.class, TrainingSchool.class).start()) {
            UUID fido = registersAndRemembers(context);
            assertThat(context.getBean(Tricks.class).count(fido)).isEqualTo(1);
        }
    }

    @Test
    void beansThatAreMadeLazily() {
        try (ConfigurableApplicationContext context = Program.whole(Tricks.class, TrainingSchool.class)
                .property("spring.main.lazy-initialization=true")
                .start()) {
            registersAndRemembers(context);
        }
    }
}
