package org.hpqr.query;

import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.hpqr.testkit.database.Database;

class NarrowedAnswersOnMariaDbTest extends NarrowedAnswers {

    @BeforeContainer
    static void fillDatabase() throws Exception {
        fill(Database.MARIADB.create(), BY_CODE_POINT);
    }

    @AfterContainer
    static void checkThatSomethingWasCompared() {
        check();
    }
}
