package io.eventsourcing.jdbc;

import io.eventsourcing.jdbc.CopiedTable.Column;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.JdbcOperations;

/** Mistakes with copies of tables, and a test that each of them fails. */
enum TablesFault implements UnaryOperator<TableCopies> {
    SEARCH_ORDER_STAYS("sameStatementsReachTheCopyInsideAndTheTableOutside") {
        @Override
        public TableCopies apply(TableCopies right) {
            return new Varied(right) {
                @Override
                public Optional<String> leave(JdbcOperations jdbc, String schema, String before) {
                    return Optional.empty();
                }
            };
        }
    },
    SEARCH_ORDER_STAYS_BEHIND_A_FAILURE("tableIsSeenBehindAFailureThatIsCaught") {
        @Override
        public TableCopies apply(TableCopies right) {
            return SEARCH_ORDER_STAYS.apply(right);
        }
    },
    COPIES_ARE_SEARCHED_LAST("whatIsOnlyNotedYetIsWrittenToTheCopy") {
        @Override
        public TableCopies apply(TableCopies right) {
            return new Varied(right) {
                @Override
                public String enter(JdbcOperations jdbc, String schema) {
                    String before = super.enter(jdbc, schema);
                    right.leave(jdbc, schema, before);
                    return before;
                }
            };
        }
    },
    COPY_OF_THE_COLUMNS_ALONE("copyKeepsWhatTheTableKeeps") {
        @Override
        public TableCopies apply(TableCopies right) {
            return new Varied(right) {
                @Override
                public void copy(JdbcOperations jdbc, CopiedTable table, String schema) {
                    jdbc.execute(
                            "CREATE TABLE " + table.in(schema) + " AS SELECT * FROM " + table.live() + " WITH NO DATA");
                }
            };
        }
    },
    COPIES_ARE_NOT_LOOKED_FOR("nothingIsWrittenWhereThereAreNoCopies") {
        @Override
        public TableCopies apply(TableCopies right) {
            return new Varied(right) {
                @Override
                public String enter(JdbcOperations jdbc, String schema) {
                    return "";
                }

                @Override
                public Optional<String> leave(JdbcOperations jdbc, String schema, String before) {
                    return Optional.empty();
                }
            };
        }
    },
    NOTHING_DIFFERS_FROM_NULL("differencesAreCountedAndNamed") {
        @Override
        public TableCopies apply(TableCopies right) {
            return unequal(right);
        }
    },
    NOTHING_DIFFERS_FROM_NULL_WHEN_ROWS_ARE_REPLACED("equalRowsAreNotTouched") {
        @Override
        public TableCopies apply(TableCopies right) {
            return unequal(right);
        }
    },
    IDS_COME_TWICE("idsBeginAsTheyDidAndDoNotComeTwice") {
        @Override
        public TableCopies apply(TableCopies right) {
            return new Varied(right) {
                @Override
                public void skipIds(JdbcOperations jdbc, CopiedTable table, String schema) {}
            };
        }
    },
    SCHEMA_IS_LEFT("discardLeavesNothing") {
        @Override
        public TableCopies apply(TableCopies right) {
            return new Varied(right) {
                @Override
                public void removeSchema(JdbcOperations jdbc, String schema) {
                    jdbc.execute("DROP TABLE IF EXISTS " + schema + "." + MARKER);
                }
            };
        }
    };

    private final String test;

    TablesFault(String test) {
        this.test = test;
    }

    String test() {
        return test;
    }

    private static TableCopies unequal(TableCopies right) {
        return new Varied(right) {
            @Override
            public String differ(List<Column> columns) {
                return columns.stream()
                        .map(column -> CopiedTable.quoted(column.name()))
                        .map(name -> "CAST(t." + name + " AS VARCHAR) <> CAST(c." + name + " AS VARCHAR)")
                        .collect(Collectors.joining(" OR ", "(", ")"));
            }
        };
    }

    /** Does all as the right one does, unless it is told otherwise. */
    private abstract static class Varied implements TableCopies {

        private final TableCopies right;

        Varied(TableCopies right) {
            this.right = right;
        }

        @Override
        public String folded(String name) {
            return right.folded(name);
        }

        @Override
        public Optional<String> schemaOf(JdbcOperations jdbc, String table) {
            return right.schemaOf(jdbc, table);
        }

        @Override
        public void createSchema(JdbcOperations jdbc, String schema) {
            right.createSchema(jdbc, schema);
        }

        @Override
        public void copy(JdbcOperations jdbc, CopiedTable table, String schema) {
            right.copy(jdbc, table, schema);
        }

        @Override
        public void removeSchema(JdbcOperations jdbc, String schema) {
            right.removeSchema(jdbc, schema);
        }

        @Override
        public String enter(JdbcOperations jdbc, String schema) {
            return right.enter(jdbc, schema);
        }

        @Override
        public Optional<String> leave(JdbcOperations jdbc, String schema, String before) {
            return right.leave(jdbc, schema, before);
        }

        @Override
        public String differ(List<Column> columns) {
            return right.differ(columns);
        }

        @Override
        public String asked() {
            return right.asked();
        }

        @Override
        public void skipIds(JdbcOperations jdbc, CopiedTable table, String schema) {
            right.skipIds(jdbc, table, schema);
        }
    }
}
