package org.hpqr.query;

import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.hpqr.testkit.database.Database;

class NarrowedAnswersOnPostgresTest extends NarrowedAnswers {

    @BeforeContainer
    static void fillDatabase() throws Exception {
        fill(Database.POSTGRESQL.create(), BY_CODE_POINT);
    }

    @AfterContainer
    static void checkThatSomethingWasCompared() {
        check();
    }
}
