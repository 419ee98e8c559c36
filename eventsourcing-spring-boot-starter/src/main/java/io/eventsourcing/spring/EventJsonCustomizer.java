package io.eventsourcing.spring;

import tools.jackson.databind.json.JsonMapper;

/**
 * A bean of this type changes how events are written as JSON: modules and mix-ins of the application's own types. The
 * application's other JSON settings ({@code spring.jackson.*}) don't touch events, so that a change of a web interface
 * doesn't change what is stored.
 */
@FunctionalInterface
public interface EventJsonCustomizer {

    void customize(JsonMapper.Builder builder);
}
