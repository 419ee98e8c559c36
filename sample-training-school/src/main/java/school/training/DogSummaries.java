package school.training;

import java.util.List;
import java.util.UUID;
import org.springframework.data.jdbc.repository.query.Modifying;
import org.springframework.data.jdbc.repository.query.Query;
import org.springframework.data.repository.Repository;

/** The rows of the list of dogs. */
interface DogSummaries extends Repository<DogSummary, UUID> {

    /** In the order of registration, since ids sort by time. */
    List<DogSummary> findAllByOrderById();

    @Modifying
    @Query("""
            INSERT INTO "dog_summary" ("id", "name", "number_of_tricks") VALUES (:id, :name, :numberOfTricks)
            """)
    void add(UUID id, String name, int numberOfTricks);

    /** @return the number of dogs of this id */
    @Modifying
    @Query("""
            UPDATE "dog_summary" SET "number_of_tricks" = :numberOfTricks WHERE "id" = :id
            """)
    int update(UUID id, int numberOfTricks);

    @Modifying
    @Query("""
            UPDATE "dog_summary" SET "number_of_tricks" = "number_of_tricks" + 1 WHERE "id" = :id
            """)
    void addTrick(UUID id);

    /** Lists a dog as it is, whether or not it is listed. */
    default void put(Dog dog) {
        if (update(dog.id(), dog.tricks().size()) == 0) {
            add(dog.id(), dog.name(), dog.tricks().size());
        }
    }
}
