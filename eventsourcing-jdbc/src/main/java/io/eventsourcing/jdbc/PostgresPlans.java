package io.eventsourcing.jdbc;

/** What a statement selects to say when PostgreSQL plans those behind it, until the transaction ends. */
final class PostgresPlans {

    /** Once, and not whenever they are called, which may take longer than running them. */
    static final String ONCE = "set_config('plan_cache_mode', 'force_generic_plan', true)";

    /** The same, for statements that may be part of a caller's transaction: {@link #AS_BEFORE} goes behind them. */
    static final String ONCE_FOR_NOW =
            "set_config('eventsourcing.plans', current_setting('plan_cache_mode'), true), " + ONCE;

    /** What else the caller's transaction does is planned as before. */
    static final String AS_BEFORE = "set_config('plan_cache_mode', current_setting('eventsourcing.plans'), true)";

    private PostgresPlans() {}
}
