package io.eventsourcing.spring;

import io.eventsourcing.mapping.Metadata;
import java.util.function.Supplier;

/** A bean of this type says what to store with each event; it is asked at each save, on the thread that saves. */
@FunctionalInterface
public interface EventMetadataSupplier extends Supplier<Metadata> {}
