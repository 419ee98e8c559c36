package io.eventsourcing.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.eventsourcing.store.Settings;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SnapshotSettingsTest {

    private static final Instant NOW = Instant.parse("2026-02-03T04:05:06Z");

    private static SnapshotOptions options(Map<String, String> settings) {
        return SnapshotSettings.options(Settings.of(settings)).orElseThrow();
    }

    private static boolean isDue(SnapshotOptions options, long events, long seconds) {
        return options.policy()
                .isDue(new SnapshotPolicy.Progress(Object.class, events, NOW.minusSeconds(seconds), NOW));
    }

    @Test
    void nothingIsSaid() {
        assertThat(SnapshotSettings.options(Settings.none())).isEmpty();
        assertThat(SnapshotSettings.options(Settings.of(Map.of("SNAPSHOTS_ENABLED", "false", "SNAPSHOTS_EVERY", "10"))))
                .isEmpty();
    }

    @Test
    void oneOfThemSaysWhen() {
        SnapshotOptions options = options(Map.of("SNAPSHOTS_EVERY", "10", "SNAPSHOTS_AFTER", "PT1M"));
        assertThat(isDue(options, 9, 59)).isFalse();
        assertThat(isDue(options, 10, 0)).isTrue();
        assertThat(isDue(options, 1, 60)).isTrue();
        assertThat(options.kept()).isEqualTo(SnapshotOptions.DEFAULT_KEPT);
        assertThat(isDue(options(Map.of("SNAPSHOTS_ENABLED", "true")), 1_000_000, 1_000_000))
                .isFalse();
        assertThat(options(Map.of("SNAPSHOTS_EVERY", "1", "SNAPSHOTS_KEPT", "7"))
                        .kept())
                .isEqualTo(7);
    }

    @ParameterizedTest
    @CsvSource({
        "SNAPSHOTS_EVERY,0",
        "SNAPSHOTS_EVERY,x",
        "SNAPSHOTS_AFTER,10",
        "SNAPSHOTS_AFTER,PT0S",
        "SNAPSHOTS_KEPT,0",
    })
    void whatIsWrongIsNamed(String setting, String value) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> options(Map.of("SNAPSHOTS_ENABLED", "true", setting, value)));
    }
}
