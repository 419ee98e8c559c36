/** Makes constructors and methods that carry {@code @Event} record what they do. */
@NullMarked
package io.eventsourcing.weaving;

import org.jspecify.annotations.NullMarked;
