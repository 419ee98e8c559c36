package io.eventsourcing.jdbc;

class H2TransactionTest extends TransactionContract {

    @Override
    Databases.Coordinates database() {
        return Databases.newH2InMemory();
    }
}
