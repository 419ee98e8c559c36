package school.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventsourcing.store.AppendOutcomeUnknownException;
import io.eventsourcing.store.StoreUnavailableException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** What can't be provoked from outside without waiting for half a minute. */
class ProblemHandlerTest {

    private static final String SECRET = "10.0.0.7:2113";

    @RestController
    static class Failing {

        @GetMapping("/unavailable")
        void unavailable() {
            throw new StoreUnavailableException(SECRET + " doesn't answer", null);
        }

        @GetMapping("/unknown")
        void unknown() {
            throw new AppendOutcomeUnknownException(SECRET + " doesn't answer", new RuntimeException());
        }
    }

    private final MockMvcTester mvc = MockMvcTester.of(
            List.of(new Failing()),
            builder -> builder.setControllerAdvice(new ProblemHandler()).build());

    private void assertUnavailable(String path, String detail) {
        MvcTestResult result = mvc.get().uri(path).exchange();
        assertThat(result).hasStatus(503);
        assertThat(result).bodyText().contains(detail).doesNotContain(SECRET);
    }

    @Test
    void aStoreThatIsAwayIsUnavailable() {
        assertUnavailable("/unavailable", "nothing was stored");
    }

    @Test
    void anOutcomeThatIsUnknownIsCalledSo() {
        assertUnavailable("/unknown", "may have been stored");
    }
}
