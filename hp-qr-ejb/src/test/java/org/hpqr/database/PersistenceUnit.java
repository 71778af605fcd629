package org.hpqr.database;

import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Persistence;
import java.util.HashMap;
import java.util.Map;
import javax.sql.DataSource;

/** The persistence unit of the plugin, outside a container. */
public final class PersistenceUnit {

    private PersistenceUnit() {
    }

    /** Opens it on a database with the tables. */
    public static EntityManagerFactory on(DataSource migrated) {
        Map<String, Object> properties = new HashMap<>();
        properties.put("jakarta.persistence.transactionType", "RESOURCE_LOCAL");
        properties.put("jakarta.persistence.jtaDataSource", null);
        properties.put("jakarta.persistence.nonJtaDataSource", migrated);
        return Persistence.createEntityManagerFactory("hp-qr", properties);
    }
}
