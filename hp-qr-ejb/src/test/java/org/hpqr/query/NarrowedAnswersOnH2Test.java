package org.hpqr.query;

import java.util.Comparator;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.hpqr.model.SearchDatabase;

class NarrowedAnswersOnH2Test extends NarrowedAnswers {

    @BeforeContainer
    static void fillDatabase() throws Exception {
        fill(SearchDatabase.h2DataSource(), Comparator.naturalOrder());
    }

    @AfterContainer
    static void checkThatSomethingWasCompared() {
        check();
    }
}
