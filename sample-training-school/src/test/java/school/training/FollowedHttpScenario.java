package school.training;

import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.function.Consumer;

/** Where the list of dogs follows the events. */
abstract class FollowedHttpScenario extends HttpScenario {

    @Override
    void assertList(Consumer<List<DogSummary>> expectation) {
        await().untilAsserted(() -> super.assertList(expectation));
    }
}
