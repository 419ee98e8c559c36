package io.eventsourcing.spring.test;

import io.eventsourcing.Application;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.autoconfigure.OverrideAutoConfiguration;
import org.springframework.boot.test.context.PropertyMapping;
import org.springframework.boot.test.context.filter.annotation.TypeExcludeFilters;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.core.annotation.AliasFor;
import org.springframework.test.context.BootstrapWith;
import org.springframework.test.context.junit.jupiter.SpringExtension;

/**
 * For a test of a program's {@link Application}s alone: of its beans only these are made, wired to a store in memory. No
 * web server, no data source.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@BootstrapWith(EventSourcingTestContextBootstrapper.class)
@ExtendWith(SpringExtension.class)
@OverrideAutoConfiguration(enabled = false)
@TypeExcludeFilters(EventSourcingTypeExcludeFilter.class)
@ImportAutoConfiguration
public @interface EventSourcingTest {

    /** The module that keeps the events. */
    @PropertyMapping("eventsourcing.persistence-module")
    String persistenceModule() default "memory";

    /** Properties in the form {@code name=value}. */
    String[] properties() default {};

    /** Whether applications are made without being asked for in {@link #includeFilters()}. */
    boolean useDefaultFilters() default true;

    /** Further beans to make. */
    Filter[] includeFilters() default {};

    /** Beans not to make. */
    Filter[] excludeFilters() default {};

    /** Auto-configuration to leave out. */
    @AliasFor(annotation = ImportAutoConfiguration.class, attribute = "exclude")
    Class<?>[] excludeAutoConfiguration() default {};
}
