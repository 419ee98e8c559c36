package io.eventsourcing.jdbc;

class PostgresTransactionTest extends TransactionContract {

    @Override
    Databases.Coordinates database() {
        return Databases.newPostgres();
    }
}
