package school.training;

import java.util.function.Supplier;

/** The list of dogs: a read model, kept in one of the two ways that {@link DogListConfiguration} chooses from. */
interface DogList {

    /**
     * Makes a change to a dog, and has it listed.
     *
     * @param change returns the dog as it has become
     */
    Dog listed(Supplier<Dog> change);
}
