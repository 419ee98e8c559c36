package school.training;

import io.eventsourcing.store.EventStore;
import io.eventsourcing.store.TransactionAware;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Chooses how the list of dogs is kept: it can be written together with the events only if they join its transaction. */
@Configuration(proxyBeanMethods = false)
class DogListConfiguration {

    @Bean
    DogList dogList(EventStore store, DogSummaries summaries, TransactionTemplate transaction, JdbcClient jdbc) {
        return store instanceof TransactionAware
                ? new TransactionalDogList(transaction, summaries)
                : new FollowingDogList(store, transaction, summaries, jdbc);
    }
}
