package io.eventsourcing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EventRecordingTest {

    static class Dog extends Aggregate {
        private final String name;
        private final List<String> tricks;

        @Event("Registered")
        Dog(String name) {
            this.name = name;
            this.tricks = new ArrayList<>();
        }

        @Event("TrickAdded")
        int addTrick(String trick) {
            tricks.add(trick);
            return tricks.size();
        }

        @Event
        void initialised() {
            tricks.clear();
        }

        void addTrickOnce(String trick) {
            if (tricks.contains(trick)) {
                throw new IllegalStateException(name + " knows " + trick);
            }
            trickLearnt(trick);
        }

        @Event
        private void trickLearnt(String trick) {
            tricks.add(trick);
        }

        @Event("Confused")
        void confuse(String trick, Throwing what) throws IOException {
            tricks.add(trick);
            what.run();
        }

        @Event("Renamed")
        String shout(String word) {
            word = word.toUpperCase(Locale.ROOT);
            tricks.add(word);
            return word;
        }

        void addTricks(List<String> all) {
            all.forEach(trick -> addTrick(trick));
        }

        @Event("Practised")
        void practise(List<String> all) {
            Runnable body = () -> all.forEach(this::addTrick);
            body.run();
        }

        @Event("CountedDown")
        void countDown(int from) {
            tricks.add("" + from);
            if (from > 0) {
                countDown(from - 1);
            }
        }

        @Event("Walked")
        synchronized String walk(int rounds, String reply) {
            try {
                for (int i = 0; i < rounds; i++) {
                    switch (reply) {
                        case "sit", "down" -> tricks.add(reply + i);
                        default -> tricks.add(i % 2 == 0 ? reply : "-");
                    }
                }
                return rounds > 2 ? "tired" : Integer.toString(Integer.parseInt(reply));
            } catch (NumberFormatException e) {
                return "no number";
            } finally {
                tricks.add("home");
            }
        }
    }

    /** Never stored, since what takes it throws. */
    enum Throwing {
        CHECKED,
        UNCHECKED,
        ERROR;

        void run() throws IOException {
            switch (this) {
                case CHECKED -> throw new IOException("checked");
                case UNCHECKED -> throw new IllegalStateException("unchecked");
                default -> throw new StackOverflowError("error");
            }
        }
    }

    private final Dog fido = new Dog("Fido");

    private List<String> events() {
        return fido.pendingEvents().stream().map(PendingEvent::toString).toList();
    }

    @Test
    void constructorAndMethodRecordTheirArguments() {
        fido.addTrick("sit");

        assertThat(events()).containsExactly("Registered{name=Fido}", "TrickAdded{trick=sit}");
        assertThat(fido.pendingEvents())
                .extracting(PendingEvent::type)
                .containsExactly("Dog.Registered", "Dog.TrickAdded");
        assertThat(RoundTrip.of(fido).tricks).containsExactly("sit");
    }

    @Test
    void returnValueReachesTheCaller() {
        assertThat(fido.addTrick("sit")).isEqualTo(1);
        assertThat(fido.addTrick("down")).isEqualTo(2);
    }

    @Test
    void eventWithoutANameIsNamedAfterItsMethodWhateverTheLocale() {
        fido.initialised();

        assertThat(events()).endsWith("Initialised{}");
        RoundTrip.of(fido);
    }

    @Test
    void bodyThatThrowsRecordsNothingAndThrowsTheSame() {
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> fido.confuse("bark", Throwing.CHECKED))
                .withMessage("checked");
        assertThatIllegalStateException().isThrownBy(() -> fido.confuse("bark", Throwing.UNCHECKED));
        assertThatExceptionOfType(StackOverflowError.class).isThrownBy(() -> fido.confuse("bark", Throwing.ERROR));

        assertThat(events()).containsExactly("Registered{name=Fido}");
        assertThat(fido.version()).isEqualTo(1);
    }

    @Test
    void commandsWorkAfterABodyHasThrown() {
        assertThatIllegalStateException().isThrownBy(() -> fido.confuse("bark", Throwing.UNCHECKED));

        fido.initialised();
        fido.addTrick("sit");

        assertThat(events()).containsExactly("Registered{name=Fido}", "Initialised{}", "TrickAdded{trick=sit}");
        assertThat(RoundTrip.of(fido).tricks).containsExactly("sit");
    }

    @Test
    void ordinaryMethodChecksBeforeItCallsAPrivateEvent() {
        fido.addTrickOnce("sit");
        assertThatIllegalStateException().isThrownBy(() -> fido.addTrickOnce("sit"));

        assertThat(events()).containsExactly("Registered{name=Fido}", "TrickLearnt{trick=sit}");
        RoundTrip.of(fido);
    }

    @Test
    void argumentReassignedInTheBodyIsRecordedAsTheCallerPassedIt() {
        assertThat(fido.shout("sit")).isEqualTo("SIT");

        assertThat(events()).endsWith("Renamed{word=sit}");
        assertThat(RoundTrip.of(fido).tricks).containsExactly("SIT");
    }

    @Test
    void eventsCalledFromALambdaOfAnOrdinaryMethodAreEventsEach() {
        fido.addTricks(List.of("sit", "down"));

        assertThat(events())
                .containsExactly("Registered{name=Fido}", "TrickAdded{trick=sit}", "TrickAdded{trick=down}");
        RoundTrip.of(fido);
    }

    @Test
    void eventsCalledFromALambdaOfABodyArePartOfIt() {
        fido.practise(List.of("sit", "down"));

        assertThat(events()).containsExactly("Registered{name=Fido}", "Practised{all=[sit, down]}");
        assertThat(RoundTrip.of(fido).tricks).containsExactly("sit", "down");
    }

    @Test
    void recursionIsOneEvent() {
        fido.countDown(3);

        assertThat(events()).containsExactly("Registered{name=Fido}", "CountedDown{from=3}");
        assertThat(RoundTrip.of(fido).tricks).containsExactly("3", "2", "1", "0");
    }

    @Test
    void bodyMayBranchLoopAndCatch() {
        assertThat(fido.walk(3, "sit")).isEqualTo("tired");
        assertThat(fido.walk(1, "down")).isEqualTo("no number");
        assertThat(fido.walk(2, "7")).isEqualTo("7");

        assertThat(fido.pendingEvents()).hasSize(4);
        RoundTrip.of(fido);
    }

    @Test
    void loadedAggregateRecordsWhatHappensNext() {
        fido.addTrick("sit");
        Dog loaded = RoundTrip.of(fido);

        assertThat(loaded.addTrick("down")).isEqualTo(2);

        assertThat(loaded.pendingEvents()).hasToString("[TrickAdded{trick=down}]");
        assertThat(loaded.version()).isEqualTo(3);
    }

    @Test
    void eachOfManyEventsHasItsVersion() {
        IntStream.range(0, 1_000).forEach(i -> fido.addTrick("trick " + i));

        assertThat(fido.version()).isEqualTo(1_001);
        assertThat(RoundTrip.of(fido).tricks).hasSize(1_000).endsWith("trick 999");
    }

    @Test
    void textNamesTheAggregateAndItsVersion() {
        assertThat(fido).hasToString("Dog[id=" + fido.id() + ", version=1]");
    }

    @Test
    void pendingEventsAreACopyThatCannotBeChanged() {
        List<PendingEvent> before = fido.pendingEvents();
        fido.addTrick("sit");

        assertThat(before).hasSize(1).isUnmodifiable();
        assertThat(before.get(0).arguments()).isUnmodifiable();
    }
}
