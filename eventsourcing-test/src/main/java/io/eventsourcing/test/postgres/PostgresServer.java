package io.eventsourcing.test.postgres;

/** A server that runs. */
interface PostgresServer {

    int MAX_CONNECTIONS = 200;

    /** None without this; transactions of two phases are part of what a store has to bear. */
    int MAX_PREPARED_TRANSACTIONS = 20;

    /** The database to create others from. */
    TestPostgres.Database administration();

    /** How to connect to a database that exists. */
    TestPostgres.Database database(String name);
}
