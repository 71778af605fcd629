package org.hpqr.testkit.standard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.platform.commons.annotation.Testable;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * A rule of the standard, with the tests that show it.
 *
 * @param clauses separated by commas
 * @param tests   {@code Class#method}
 */
public record Rule(String clauses, String text, List<String> tests) {

    public static Rule of(String clauses, String text, String... tests) {
        return new Rule(clauses, text, List.of(tests));
    }

    /** Fails unless each test is one among the test classes of the module, and names each clause. */
    public void assertTested(Class<?> ofModule) throws IOException, URISyntaxException, ClassNotFoundException {
        Path classes = Path.of(ofModule.getProtectionDomain().getCodeSource().getLocation().toURI());
        for (String test : tests) {
            String[] names = test.split("#");
            List<Method> methods = methods(find(classes, names[0]))
                    .filter(method -> method.getName().equals(names[1]) && AnnotationSupport.isAnnotated(method, Testable.class)).toList();
            assertEquals(1, methods.size(), () -> "no test " + test);
            Clause named = methods.get(0).getAnnotation(Clause.class);
            assertTrue(named != null && List.of(named.value()).containsAll(List.of(clauses.split(", "))),
                    () -> test + " does not name " + clauses);
        }
    }

    /** Those of classes within it, too. */
    private static Stream<Method> methods(Class<?> type) {
        return Stream.concat(Arrays.stream(type.getDeclaredMethods()),
                Arrays.stream(type.getDeclaredClasses()).flatMap(Rule::methods));
    }

    private static Class<?> find(Path classes, String name) throws IOException, ClassNotFoundException {
        try (Stream<Path> files = Files.walk(classes)) {
            List<Path> found = files.filter(file -> file.endsWith(name + ".class")).toList();
            assertEquals(1, found.size(), name);
            String relative = classes.relativize(found.get(0)).toString();
            return Class.forName(relative.substring(0, relative.length() - ".class".length()).replace('/', '.'));
        }
    }

    @Override
    public String toString() {
        return clauses + ": " + text;
    }
}
