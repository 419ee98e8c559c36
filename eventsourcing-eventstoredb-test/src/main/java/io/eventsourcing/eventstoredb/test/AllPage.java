package io.eventsourcing.eventstoredb.test;

import java.util.List;

/**
 * A piece of $all.
 *
 * @param next the position to go on from
 * @param end whether nothing is left in this direction
 */
record AllPage(List<LogRecord> events, long next, boolean end) {}
