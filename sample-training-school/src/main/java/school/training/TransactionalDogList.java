package school.training;

import java.util.Objects;
import java.util.function.Supplier;
import org.springframework.transaction.support.TransactionTemplate;

/** Written in the transaction that writes the events: both are stored, or neither is. */
class TransactionalDogList implements DogList {

    private final TransactionTemplate transaction;
    private final DogSummaries summaries;

    TransactionalDogList(TransactionTemplate transaction, DogSummaries summaries) {
        this.transaction = transaction;
        this.summaries = summaries;
    }

    @Override
    public Dog listed(Supplier<Dog> change) {
        return Objects.requireNonNull(transaction.execute(status -> {
            Dog dog = change.get();
            summaries.put(dog);
            return dog;
        }));
    }
}
