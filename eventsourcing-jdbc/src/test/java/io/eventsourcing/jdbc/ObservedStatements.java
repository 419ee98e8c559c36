package io.eventsourcing.jdbc;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** Shows the text of each statement before it is prepared or executed, and takes what is made of it instead. */
final class ObservedStatements extends DelegatingDataSource {

    private final UnaryOperator<String> observer;

    ObservedStatements(DataSource dataSource, UnaryOperator<String> observer) {
        super(dataSource);
        this.observer = observer;
    }

    @Override
    public Connection getConnection() throws SQLException {
        return observed(Connection.class, super.getConnection());
    }

    private <T> T observed(Class<T> type, T target) {
        return type.cast(Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    if (arguments != null && arguments[0] instanceof String text) {
                        arguments[0] = observer.apply(text);
                    }
                    try {
                        Object result = method.invoke(target, arguments);
                        return method.getName().equals("createStatement")
                                ? observed(Statement.class, (Statement) result)
                                : result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }
}
