package io.eventsourcing.eventstoredb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.kurrent.dbclient.KurrentDBClientSettings;
import io.kurrent.dbclient.NodePreference;
import org.junit.jupiter.api.Test;

class ConnectionStringTest {

    private static KurrentDBClientSettings settings(String text) {
        return ConnectionString.parse(text).settings().buildConnectionSettings();
    }

    /** The tests run in Turkish, in which the client alone does not know parameters that have an I. */
    @Test
    void parametersReachTheClientInAnyLanguage() {
        KurrentDBClientSettings settings = settings("esdb+discover://a?TLS=false&keepAliveInterval=12345"
                + "&discoveryInterval=77&maxDiscoverAttempts=5&nodePreference=Follower&gossipTimeout=88"
                + "&keepAliveTimeout=23456&defaultDeadline=99&tlsVerifyCert=false&tlsCaFile=/Ca/İ.pem");
        assertThat(settings.isTls()).isFalse();
        assertThat(settings.isTlsVerifyCert()).isFalse();
        assertThat(settings.isDnsDiscover()).isTrue();
        assertThat(settings.getKeepAliveInterval()).isEqualTo(12345);
        assertThat(settings.getKeepAliveTimeout()).isEqualTo(23456);
        assertThat(settings.getDiscoveryInterval()).isEqualTo(77);
        assertThat(settings.getMaxDiscoverAttempts()).isEqualTo(5);
        assertThat(settings.getNodePreference()).isEqualTo(NodePreference.FOLLOWER);
        assertThat(settings.getGossipTimeout()).isEqualTo(88);
        assertThat(settings.getDefaultDeadline()).isEqualTo(99);
        assertThat(settings.getTlsCaFile()).isEqualTo("/Ca/İ.pem");
    }

    @Test
    void whatIsNotSaidIsAsTheClientHasIt() {
        KurrentDBClientSettings settings = settings("esdb://a");
        KurrentDBClientSettings defaults = KurrentDBClientSettings.builder().buildConnectionSettings();
        assertThat(settings).usingRecursiveComparison().ignoringFields("hosts").isEqualTo(defaults);
    }

    @Test
    void hostsArePartedByCommas() {
        ConnectionString one = ConnectionString.parse("esdb://[::1]");
        assertThat(one).hasToString("[::1]:2113");
        assertThat(one.isSingleNode()).isTrue();
        assertThat(ConnectionString.parse("esdb+discover://a").isSingleNode()).isFalse();
        ConnectionString several = ConnectionString.parse("esdb://u:p@a,b:65535,[::1]:40000,d:1,e/?tls=false");
        assertThat(several.isSingleNode()).isFalse();
        assertThat(several).hasToString("a:2113, b:65535, [::1]:40000 and 2 more");
    }

    @Test
    void partsOfAPasswordAreNotShownEither() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ConnectionString.parse("esdb://user:%q7@localhost"))
                .withNoCause()
                .withMessageNotContaining("q7");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ConnectionString.parse("esdb://user:q7/q7@localhost"))
                .withNoCause()
                .withMessageNotContaining("q7");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ConnectionString.parse("esdb://user:q7?q7@localhost"))
                .withNoCause()
                .withMessageNotContaining("q7");
        assertThat(ConnectionString.parse("esdb://user:q7@localhost").toString())
                .doesNotContain("q7");
    }
}
