package io.eventsourcing.spring;

import io.eventsourcing.AppendInterceptor;
import io.eventsourcing.CurrentTenant;
import io.eventsourcing.EventSourcing;
import io.eventsourcing.EventSourcingBuilder;
import io.eventsourcing.Instrumentation;
import io.eventsourcing.mapping.EventMapper;
import io.eventsourcing.mapping.JacksonEventMapper;
import io.eventsourcing.mapping.Metadata;
import io.eventsourcing.mapping.PayloadValidator;
import io.eventsourcing.mapping.Upcaster;
import io.eventsourcing.snapshot.SnapshotOptions;
import io.eventsourcing.store.EventStore;
import io.eventsourcing.store.PersistenceModule;
import io.eventsourcing.store.PersistenceModules;
import io.eventsourcing.store.Settings;
import io.eventsourcing.store.SubjectKeys;
import java.time.Clock;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/** Opens the store that is chosen, and wires every application to it. */
@AutoConfiguration(after = JdbcModuleAutoConfiguration.class)
@ConditionalOnBooleanProperty(name = "eventsourcing.enabled", matchIfMissing = true)
@EnableConfigurationProperties(EventSourcingProperties.class)
final class EventSourcingAutoConfiguration {

    private static final Logger log = LoggerFactory.getLogger(EventSourcingAutoConfiguration.class);

    @Bean
    @ConditionalOnMissingBean
    @DependsOnDatabaseInitialization
    EventStore eventStore(
            EventSourcingProperties properties, ObjectProvider<PersistenceModule> modules, Environment environment) {
        Settings settings = Settings.of(environment::getProperty);
        Optional<String> name = Optional.ofNullable(properties.persistenceModule())
                .filter(value -> !value.isBlank())
                .or(() -> settings.find(PersistenceModules.SETTING)); // where the longer name is set, but empty
        PersistenceModule module =
                // beans of the application come before those of auto-configuration, so its own jdbc module replaces
                // ours
                PersistenceModules.of(modules.orderedStream().toList()).choose(name);
        EventStore store = module.open(settings);
        log.info(
                "Events are kept in {}, {}",
                store.description(),
                name.map(value -> "as " + PersistenceModuleEnvironmentPostProcessor.PROPERTY + "=" + value + " says")
                        .orElse("the only module that keeps them for good"));
        return store;
    }

    @Bean
    @ConditionalOnMissingBean(EventMapper.class)
    JacksonEventMapper eventMapper(ObjectProvider<EventJsonCustomizer> customizers) {
        return new JacksonEventMapper(
                builder -> customizers.orderedStream().forEach(customizer -> customizer.customize(builder)));
    }

    // the store is a bean of its own, and closed as such, behind this
    @Bean(destroyMethod = "awaitSnapshots")
    @ConditionalOnMissingBean
    EventSourcing eventSourcing(
            EventStore store,
            EventMapper mapper,
            EventSourcingProperties properties,
            Environment environment,
            ListableBeanFactory beans) {
        EventSourcingBuilder builder = EventSourcing.builder(store)
                .mapper(mapper)
                .clock(beans.getBeanProvider(Clock.class).getIfUnique(Clock::systemUTC))
                // several of them are refused: events that silently lack what one of them would have said can't be
                // mended
                .metadata(beans.getBeanProvider(EventMetadataSupplier.class).getIfAvailable(() -> Metadata::none))
                .settings(properties.over(Settings.of(environment::getProperty)))
                .upcasters(beans.getBeanProvider(Upcaster.class).orderedStream().toList());
        beans.getBeanProvider(AppendInterceptor.class).ifAvailable(builder::interceptor);
        beans.getBeanProvider(Instrumentation.class).ifAvailable(builder::instrumentation);
        beans.getBeanProvider(SubjectKeys.class).ifAvailable(builder::subjectKeys);
        beans.getBeanProvider(CurrentTenant.class).ifAvailable(builder::currentTenant);
        beans.getBeanProvider(SnapshotOptions.class).ifAvailable(builder::snapshots);
        beans.getBeanProvider(PayloadValidator.class).ifAvailable(builder::validator);
        return builder.build();
    }

    @Bean
    static ApplicationWiring eventSourcingApplicationWiring(ObjectProvider<EventSourcing> eventSourcing) {
        return new ApplicationWiring(eventSourcing);
    }
}
