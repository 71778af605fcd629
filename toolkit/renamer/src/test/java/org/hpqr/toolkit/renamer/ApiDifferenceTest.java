package org.hpqr.toolkit.renamer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What code may say to the renamed classes, but not to the original. */
class ApiDifferenceTest {

    @TempDir
    Path directory;

    @Test
    void membersThatTheOriginalHasItselfOrInheritedAreNoDifference() throws Exception {
        assertEquals(List.of(), signatures(
                new String[] {"package p; public class A { public void m(int i) {} public int f; public A() {} }"},
                new String[] {"package p; public class A extends Base { public int f; public A() {} }",
                    "package p; public class Base { public void m(int i) {} }"}));
    }

    @Test
    void inheritedFromTheJdkCounts() throws Exception {
        assertEquals(List.of(), signatures(
                new String[] {"package p; public class A extends Thread { public void run() {} }"},
                new String[] {"package p; public class A extends Thread { }"}));
    }

    @Test
    void whatTheOriginalLacksOrHidesIsListed() throws Exception {
        assertEquals(List.of(
                        "p.A#<init>(java.lang.String)",
                        "p.A#f",
                        "p.A#hidden()",
                        "p.A#more(int[],p.A)",
                        "p.A#result()",
                        "p.Absent",
                        "p.Hidden"),
                signatures(new String[] {"""
                        package p;
                        public class A {
                            public A() {}
                            protected A(String s) {}
                            public int f;
                            public void hidden() {}
                            public static void more(int[] a, A b) {}
                            public int result() { return 0; }
                            void ours() {}
                        }""", "package p; public class Absent { public void m() {} }",
                    "package p; public class Hidden { public void m() {} }"},
                        new String[] {"package p; public class A { void hidden() {} public long result() { return 0; } }",
                            "package p; class Hidden { public void m() {} }"}));
    }

    @Test
    void aConstantIsReportedBecauseNoCheckerSeesItsUse() throws Exception {
        ApiDifference difference = difference(
                new String[] {"package p; public class A { public static final int SAME = 1, OTHER = 2, ABSENT = 3; }"},
                new String[] {"package p; public class A { public static final int SAME = 1, OTHER = 0; }"});
        assertEquals(List.of(
                        "p.A#OTHER is a constant that has to be taken away: 2, originally 0",
                        "p.A#ABSENT is a constant that has to be taken away: 3, originally absent"),
                difference.remarks());
        assertEquals(2, difference.signatureFile("title").size());
    }

    @Test
    void otherDifferencesAreReported() throws Exception {
        assertEquals(List.of(
                        "p.A is public, originally public final",
                        "p.A has other supertypes: java/lang/Object[], originally java/lang/Object[java/lang/Runnable]",
                        "p.A#run() throws [java/io/IOException], originally []"),
                difference(new String[] {"package p; public class A { public void run() throws java.io.IOException {} }"},
                        new String[] {"package p; public final class A implements Runnable { public void run() {} }"}).remarks());
    }

    private List<String> signatures(String[] renamed, String[] original) throws IOException {
        List<String> lines = difference(renamed, original).signatureFile("title");
        return lines.subList(2, lines.size());
    }

    private ApiDifference difference(String[] renamed, String[] original) throws IOException {
        return new ApiDifference(api("renamed", renamed), api("original", original));
    }

    private Api api(String name, String... sources) throws IOException {
        for (Map.Entry<String, byte[]> entry : Sources.compile(sources).entrySet()) {
            Path file = directory.resolve(name).resolve(entry.getKey() + ".class");
            Files.createDirectories(file.getParent());
            Files.write(file, entry.getValue());
        }
        return Api.of(List.of(directory.resolve(name)));
    }
}
