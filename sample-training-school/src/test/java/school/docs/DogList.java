package school.docs;

import io.eventsourcing.projection.EventContext;
import io.eventsourcing.projection.EventHandler;
import io.eventsourcing.projection.Projection;
import org.springframework.jdbc.core.simple.JdbcClient;

// tag::projection[]
@Projection(value = "dogs", tables = "dog_list")
public class DogList {

    private final JdbcClient jdbc;

    public DogList(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @EventHandler("Dog.Registered")
    void registered(String name, EventContext event) {
        jdbc.sql("INSERT INTO dog_list (id, name, tricks) VALUES (?, ?, 0)")
                .params(event.aggregateId(), name)
                .update();
    }

    @EventHandler("Dog.TrickAdded")
    void trickAdded(EventContext event) {
        jdbc.sql("UPDATE dog_list SET tricks = tricks + 1 WHERE id = ?")
                .param(event.aggregateId())
                .update();
    }
}
// end::projection[]
