package org.hpqr.query;

import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.hpqr.model.Postgres;

class NarrowedAnswersOnPostgresTest extends NarrowedAnswers {

    @BeforeContainer
    static void fillDatabase() throws Exception {
        fill(Postgres.newDatabase());
    }

    @AfterContainer
    static void checkThatSomethingWasCompared() {
        check();
    }
}
