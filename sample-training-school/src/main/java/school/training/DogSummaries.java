package school.training;

import java.util.List;
import java.util.UUID;
import org.springframework.data.jdbc.repository.query.Modifying;
import org.springframework.data.jdbc.repository.query.Query;
import org.springframework.data.repository.Repository;

/** The list of dogs: a read model, written in the transaction that writes the events. */
interface DogSummaries extends Repository<DogSummary, UUID> {

    /** In the order of registration, since ids sort by time. */
    List<DogSummary> findAllByOrderById();

    @Modifying
    @Query("""
            INSERT INTO "dog_summary" ("id", "name", "number_of_tricks") VALUES (:id, :name, 0)
            """)
    void add(UUID id, String name);

    @Modifying
    @Query("""
            UPDATE "dog_summary" SET "number_of_tricks" = :numberOfTricks WHERE "id" = :id
            """)
    void update(UUID id, int numberOfTricks);
}
