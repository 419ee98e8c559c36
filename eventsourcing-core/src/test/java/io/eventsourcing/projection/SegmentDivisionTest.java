package io.eventsourcing.projection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SegmentDivisionTest {

    /** Segments at these positions, each followed by up to where it only replays. */
    private static SegmentDivision divided(int count, long... positionsAndReplays) {
        List<SegmentId> segments = SegmentId.divide("dogs", positionsAndReplays.length / 2);
        List<SegmentCheckpoint> before = new ArrayList<>();
        for (int i = 0; i < segments.size(); i++) {
            before.add(
                    new SegmentCheckpoint(segments.get(i), positionsAndReplays[2 * i], positionsAndReplays[2 * i + 1]));
        }
        return new SegmentDivision("dogs", count, before);
    }

    @Test
    void segmentsAreWhereThoseAreThatTheyAreMadeOf() {
        assertThat(divided(4, 7, 0, 9, 0).segments().orElseThrow())
                .containsExactly(
                        new SegmentCheckpoint(new SegmentId("dogs", 0, 255), 7, 0),
                        new SegmentCheckpoint(new SegmentId("dogs", 256, 511), 7, 0),
                        new SegmentCheckpoint(new SegmentId("dogs", 512, 767), 9, 0),
                        new SegmentCheckpoint(new SegmentId("dogs", 768, 1023), 9, 0));
    }

    @Test
    void segmentsThatBecomeOneMeetWhereTheFirstIs() {
        SegmentDivision division = divided(1, 7, 0, 9, 0);
        assertThat(division.segments()).isEmpty();
        assertThat(division.limit()).isEqualTo(9);
        assertThat(divided(3, 7, 0, 9, 0).segments())
                .as("the one in the middle is made of both")
                .isEmpty();
    }

    @Test
    void replayIsOverAtTheSamePlaceForAllOfASegment() {
        assertThat(divided(2, 3, 8).segments().orElseThrow())
                .extracting(SegmentCheckpoint::replayUntil)
                .containsExactly(8L, 8L);
        assertThat(divided(1, 3, 8, 3, 8).segments()).isPresent();
        SegmentDivision differing = divided(1, 3, 8, 3, 6);
        assertThat(differing.segments()).isEmpty();
        assertThat(differing.limit()).isEqualTo(8);
        assertThat(divided(1, 8, 8, 8, 6).segments())
                .as("the replay is over for both")
                .isPresent();
        assertThat(divided(1, 3, 8, 4, 6).limit()).as("where they meet first").isEqualTo(4);
    }
}
