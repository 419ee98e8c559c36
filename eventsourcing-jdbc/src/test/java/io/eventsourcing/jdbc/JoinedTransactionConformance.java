package io.eventsourcing.jdbc;

/** The published suites with every append in a transaction of the caller's: both ways to write decide alike. */
abstract class JoinedTransactionConformance extends JdbcConformance {

    @Override
    final JdbcFixture.Opening opening() {
        return (builder, manager) -> new JoinedTransactionStore(JdbcFixture.open(builder, manager), manager);
    }
}
