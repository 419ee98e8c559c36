package io.eventsourcing.eventstoredb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.eventsourcing.store.EventStore;
import io.eventsourcing.store.ExpectedPosition;
import io.eventsourcing.store.StreamName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the streams of tenants are called on the server. */
class TenantNamesTest {

    private static final StreamName STREAM = StreamName.of("Dog-1");

    private final ServerNames names = new ServerNames("school.");

    @Test
    void categoryOfATenantsStreamIsThatOfItsAggregates() {
        String name = names.forTenant("north-1").of(STREAM);
        assertThat(name).isEqualTo("school.tenant$north%2D1$Dog-1");
        assertThat(name.substring(0, name.indexOf('-'))).isEqualTo("school.tenant$north%2D1$Dog");
        assertThat(names.of(STREAM)).isEqualTo("school.Dog-1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a", "A", "a-b", "a$b", "a b", "a+b", "a*b", "a%20b", "a/b", "ä", "\uD83D\uDC15", "tenant$a$"})
    void nameSaysWhoseAStreamIs(String tenant) {
        String name = names.forTenant(tenant).of(STREAM);
        assertThat(name.substring("school.tenant$".length(), name.lastIndexOf('$')))
                .matches("[A-Za-z0-9_.%]+");
        assertThat(names.parse(name)).contains(new ServerNames.OwnStream(tenant, STREAM));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tenant$a$Dog-1",
                "school.tenant$",
                "school.tenant$a",
                "school.tenant$a$",
                "school.tenant$$Dog-1",
                "school.tenant$%zz$Dog-1",
                "school.tenant$%61$Dog-1",
                "school.tenant$a-b$Dog-1"
            })
    void othersNamesAreNotTakenForOurs(String name) {
        assertThat(names.parse(name)).isEmpty();
    }

    @Test
    void defaultTenantHasNoStreamOfATenant() {
        try (EventStoreDbFixture fixture = new EventStoreDbFixture(TestedServer.start())) {
            EventStore store = fixture.store();
            ((EventStoreDbEventStore) store).forTenant("a").append(STREAM, ExpectedPosition.noStream(), Events.some(1));
            StreamName disguised = StreamName.of("tenant$a$Dog-1");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> store.position(disguised))
                    .withMessageContaining("tenant$");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> store.append(disguised, ExpectedPosition.any(), Events.some(1)));
        }
    }
}
