package org.hpqr.model;

import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;

/** A database in memory, gone when its last connection is closed; one connection is therefore kept by its user. */
public final class H2 {

    private H2() {
    }

    /** A database with this name, with the tables of the plugin. */
    public static DataSource migrated(String name) {
        JdbcDataSource database = new JdbcDataSource();
        database.setURL("jdbc:h2:mem:" + name + ";DB_CLOSE_DELAY=-1");
        new SchemaMigration(database).run();
        return database;
    }
}
