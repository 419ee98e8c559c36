package io.eventsourcing.spring.slice;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class FurtherConfiguration {

    @Bean
    StringBuilder furtherBean() {
        return new StringBuilder();
    }
}
