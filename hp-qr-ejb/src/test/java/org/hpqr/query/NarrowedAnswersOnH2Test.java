package org.hpqr.query;

import java.util.Comparator;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.hpqr.testkit.database.Database;

class NarrowedAnswersOnH2Test extends NarrowedAnswers {

    @BeforeContainer
    static void fillDatabase() throws Exception {
        fill(Database.H2.create(), Comparator.naturalOrder());
    }

    @AfterContainer
    static void checkThatSomethingWasCompared() {
        check();
    }
}
