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
            INSERT INTO "dog_list" ("id", "name", "number_of_tricks") VALUES (:id, :name, 0)
            """)
    void add(UUID id, String name);

    @Modifying
    @Query("""
            UPDATE "dog_list" SET "number_of_tricks" = "number_of_tricks" + 1 WHERE "id" = :id
            """)
    void addTrick(UUID id);
}
