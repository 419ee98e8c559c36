package school.training;

import java.util.UUID;
import org.springframework.data.annotation.Id;
import org.springframework.data.relational.core.mapping.Column;
import org.springframework.data.relational.core.mapping.Table;

/**
 * A row of the list of dogs. Its columns are named here, since for H2 a derived name is put in upper case by the rules of
 * the machine's language, and a Turkish machine would look for {@code NUMBER_OF_TRİCKS}.
 */
@Table("dog_list")
record DogSummary(
        @Id @Column("id") UUID id,
        @Column("name") String name,
        @Column("number_of_tricks") int numberOfTricks) {}
