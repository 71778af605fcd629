package org.hpqr.toolkit;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import de.thetaphi.forbiddenapis.Checker;
import de.thetaphi.forbiddenapis.ForbiddenApiException;
import de.thetaphi.forbiddenapis.Logger;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.net.Association;
import org.junit.jupiter.api.Test;

/** The signature files that the plugin's modules are checked with. That each names what exists is checked with them. */
class ForbiddenMembersTest {

    private final List<String> errors = new ArrayList<>();

    @Test
    void aMemberThatDcm4cheLacksIsRefused() {
        assertThrows(ForbiddenApiException.class, () -> check(UsesWhatDcm4cheLacks.class));
        assertTrue(errors.get(0).endsWith("org.dcm4che3.net.Association#getPresentationContext(int)"), errors::toString);
    }

    @Test
    void whatDoesSomethingElseInDcm4cheIsRefused() {
        assertThrows(ForbiddenApiException.class, () -> check(UsesWhatDiffers.class));
    }

    @Test
    void codeForDcm4cheIsAccepted() {
        assertDoesNotThrow(() -> check(AssociationTest.class), errors::toString);
    }

    @SuppressWarnings("deprecation")
    private void check(Class<?> type) throws Exception {
        Checker checker = new Checker(log, type.getClassLoader(), Checker.Option.FAIL_ON_MISSING_CLASSES,
                Checker.Option.FAIL_ON_UNRESOLVABLE_SIGNATURES, Checker.Option.FAIL_ON_VIOLATION);
        for (String signatures : List.of("not-in-dcm4che.txt", "differs-from-dcm4che.txt"))
            checker.parseSignaturesFile(Log.class.getResource(signatures));
        try (InputStream classFile = type.getResourceAsStream(type.getName().replaceFirst(".*\\.", "") + ".class")) {
            checker.addClassToCheck(classFile, type.getName());
        }
        checker.run();
    }

    static final class UsesWhatDcm4cheLacks {
        Object presentationContext(Association as) {
            return as.getPresentationContext(1);
        }
    }

    static final class UsesWhatDiffers {
        boolean matches(Attributes attrs, Attributes keys) {
            return attrs.matches(keys, false, false);
        }
    }

    private final Logger log = new Logger() {
        @Override
        public void error(String message) {
            errors.add(message);
        }

        @Override
        public void warn(String message) {
            errors.add(message);
        }

        @Override
        public void info(String message) {
            // of no interest
        }

        @Override
        public void debug(String message) {
            // of no interest
        }
    };
}
