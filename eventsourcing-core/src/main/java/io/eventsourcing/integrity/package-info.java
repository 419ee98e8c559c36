/** Makes it visible when stored events are changed, removed or added: a chain of hashes, and signatures. */
@NullMarked
package io.eventsourcing.integrity;

import org.jspecify.annotations.NullMarked;
