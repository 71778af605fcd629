package org.hpqr.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;
import java.util.stream.Stream;

/** The databases that there is a schema for: those of dcm4chee-arc, and MariaDB, which it takes for MySQL. */
enum DatabaseProduct {

    H2("H2"),
    POSTGRESQL("PostgreSQL"),
    MARIADB("MariaDB"),
    MYSQL("MySQL"),
    ORACLE("Oracle"),
    SQLSERVER("Microsoft SQL Server"),
    /** Followed by the operating system. */
    DB2("DB2");

    private final String name;

    DatabaseProduct(String name) {
        this.name = name;
    }

    /**
     * The product at the other end of a connection, as its driver names it.
     *
     * @throws SQLException it cannot be asked, or is none of these
     */
    static DatabaseProduct of(Connection connection) throws SQLException {
        String found = connection.getMetaData().getDatabaseProductName();
        return Stream.of(values()).filter(product -> found.startsWith(product.name)).findFirst()
                .orElseThrow(() -> new SQLException("hp-qr has no tables for the database " + found));
    }

    /** Name of the folder with its scripts. */
    String folder() {
        return name().toLowerCase(Locale.ROOT);
    }
}
