package org.hpqr.catalogue;

import jakarta.annotation.PostConstruct;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import org.hpqr.database.SchemaMigration;

/** Lets the catalogue be read while the rest of the server starts. */
@Startup
@Singleton
@DependsOn("SchemaMigration")
@TransactionManagement(TransactionManagementType.BEAN)
public class CatalogueStart {

    @Inject
    private SchemaMigration schema;

    @Inject
    private Catalogue catalogue;

    @PostConstruct
    void load() {
        if (schema.isReady())
            catalogue.load();
    }
}
