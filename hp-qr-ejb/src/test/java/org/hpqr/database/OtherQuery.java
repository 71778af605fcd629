package org.hpqr.database;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Data sources that put another query in the place of ours, or fail; all else they pass on. */
public final class OtherQuery {

    private OtherQuery() {
    }

    /** Every SELECT becomes {@code query}: the database as it is while it takes minutes. */
    public static DataSource in(DataSource dataSource, String query) {
        return intercept(DataSource.class, dataSource, (method, arguments) -> {
            Object result = method.invoke(dataSource, arguments);
            return method.getName().equals("getConnection") ? in((Connection) result, query) : result;
        });
    }

    private static Connection in(Connection connection, String query) {
        return intercept(Connection.class, connection, (method, arguments) -> {
            if (method.getName().equals("prepareStatement"))
                arguments[0] = ((String) arguments[0]).replaceFirst("SELECT .*", query);
            return method.invoke(connection, arguments);
        });
    }

    private interface Interception {
        Object call(Method method, Object[] arguments) throws Exception;
    }

    private static <T> T intercept(Class<T> type, T target, Interception interception) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
            try {
                return interception.call(method, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }));
    }
}
