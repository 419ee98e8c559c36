package io.eventsourcing.jdbc;

import io.eventsourcing.store.AppendCondition;

/**
 * What no event of a tenant may match.
 *
 * @param tenant empty for the default one
 */
record TenantCondition(String tenant, AppendCondition.NoMatch noMatch) {}
