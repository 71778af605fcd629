package org.hpqr.query;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.hpqr.model.Postgres;

class NarrowedAnswersOnPostgresTest extends NarrowedAnswers {

    @BeforeContainer
    static void fillDatabase() throws Exception {
        // collation C: by the bytes of UTF-8, where a character beyond U+FFFF comes last
        fill(Postgres.newDatabase(), Comparator.comparing(text -> text.getBytes(StandardCharsets.UTF_8), Arrays::compareUnsigned));
    }

    @AfterContainer
    static void checkThatSomethingWasCompared() {
        check();
    }
}
