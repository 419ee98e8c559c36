package io.eventsourcing.spring.slice;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;

/** As another library joins the slice: by a file named after the annotation. */
@AutoConfiguration
class ContributedAutoConfiguration {

    record Contribution() {}

    @Bean
    Contribution contribution() {
        return new Contribution();
    }
}
