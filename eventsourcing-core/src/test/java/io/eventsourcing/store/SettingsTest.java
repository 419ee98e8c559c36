package io.eventsourcing.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsTest {

    @Test
    void findsWhatIsSet() {
        Settings settings = Settings.of(Map.of("JDBC_URL", " jdbc:h2:mem: "));

        assertThat(settings.find("JDBC_URL")).contains("jdbc:h2:mem:");
        assertThat(settings.require("JDBC_URL")).isEqualTo("jdbc:h2:mem:");
        assertThat(settings.find("JDBC_USER")).isEmpty();
        assertThat(Settings.none().find("JDBC_URL")).isEmpty();
    }

    @Test
    void blankValueCountsAsNone() {
        Settings settings = Settings.of(Map.of("A", "", "APP_B", " ", "B", "b")).forApplication("App");

        assertThat(settings.find("A")).isEmpty();
        assertThat(settings.find("B")).contains("b");
    }

    @Test
    void blankValueOverridesNothing() {
        Settings settings = Settings.of(Map.of("A", "a")).overriddenBy(Map.of("A", " "));

        assertThat(settings.find("A")).contains("a");
    }

    @Test
    void valuesMayComeFromAnythingThatFindsThem() {
        Settings settings =
                Settings.of(name -> name.equals("APP_A") ? "1" : null).forApplication("App");

        assertThat(settings.find("A")).contains("1");
        assertThat(settings.find("B")).isEmpty();
        assertThat(settings.overriddenBy(Map.of("B", "2")).find("B")).contains("2");
    }

    @Test
    void laterValuesWin() {
        Settings settings = Settings.of(Map.of("A", "1", "B", "1"))
                .overriddenBy(Map.of("A", "2"))
                .overriddenBy(Map.of("A", "3"));

        assertThat(settings.find("A")).contains("3");
        assertThat(settings.find("B")).contains("1");
    }

    @Test
    void nameOfTheApplicationBeatsLaterValues() {
        Settings settings = Settings.of(Map.of("TRAINING_A", "1"))
                .overriddenBy(Map.of("A", "2"))
                .forApplication("Training");

        assertThat(settings.find("A")).contains("1");
        assertThat(settings.overriddenBy(Map.of("A", "3")).find("A")).contains("1");
    }

    @Test
    void missingSettingIsNamedWithBothItsNames() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Settings.none().require("JDBC_URL"))
                .withMessage("Set JDBC_URL");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Settings.none().forApplication("Clinic").require("JDBC_URL"))
                .withMessage("Set JDBC_URL (or, for this application alone, CLINIC_JDBC_URL)");
    }

    @Test
    void textShowsNoValues() {
        assertThat(Settings.of(Map.of("PASSWORD", "secret"))).asString().doesNotContain("secret");
    }
}
