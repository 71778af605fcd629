package org.hpqr.toolkit.renamer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What each rule does to classes that are compiled, renamed, loaded and run here. */
class RenamerTest {

    @Test
    void aPackageRuleLeavesTheNamesOfItsClasses() throws Exception {
        ClassLoader renamed = rename("""
                package old -> neu.sub
                keep neu.*""", "package old; public class A { public static class B {} }");
        assertEquals("B", renamed.loadClass("neu.sub.A$B").getSimpleName());
    }

    @Test
    void aClassRuleWinsOverAPackageRule() throws Exception {
        ClassLoader renamed = rename("""
                package old -> neu
                class old.A -> neu.Z
                keep neu.*""", "package old; public class A {}", "package old; public class B extends A {}");
        assertEquals("neu.Z", renamed.loadClass("neu.B").getSuperclass().getName());
    }

    @Test
    void aNestedClassCanBecomeOneOfItsOwn() throws Exception {
        ClassLoader renamed = rename("""
                class old.A -> neu.A
                class old.A$State -> neu.State
                keep neu.*""", """
                package old;
                public class A implements java.util.function.Supplier<String> {
                    private String secret = "told";
                    private static class State { String of(A a) { return a.secret; } }
                    public String get() { return new State().of(this); }
                }""");
        assertEquals(null, renamed.loadClass("neu.State").getDeclaringClass());
        assertEquals("told", run(renamed, "neu.A"));
    }

    @Test
    void aMethodIsRenamedForSubclassesAndLambdasToo() throws Exception {
        ClassLoader renamed = rename("""
                package old -> neu
                keep neu.*
                in neu.Handler
                  method onDimse -> onDimseRQ""",
                "package old; public interface Handler { String onDimse(String s); }",
                "package old; public class Sub implements Handler { public String onDimse(String s) { return s + s; } }", """
                package old;
                public class Main implements java.util.function.Supplier<String> {
                    public String get() {
                        Handler lambda = s -> "<" + s + ">";
                        return lambda.onDimse(new Sub().onDimse("x"));
                    }
                }""");
        assertEquals("<xx>", run(renamed, "neu.Main"));
        assertEquals(Set.of("onDimseRQ"), methods(renamed.loadClass("neu.Sub")));
    }

    @Test
    void theFirstMatchingFieldRuleWins() throws Exception {
        ClassLoader renamed = rename("""
                package old -> neu
                keep neu.*
                in neu.Uid
                  field SpecialFIND -> Own
                  field (.+)FIND -> $1Find
                  drop Private.*""", """
                package old;
                public class Uid {
                    public static final String SpecialFIND = "1", ModelFIND = "2", Other = "3", PrivateOne = "4";
                }""");
        assertEquals(Set.of("Own", "ModelFind", "Other"),
                Stream.of(renamed.loadClass("neu.Uid").getFields()).map(field -> field.getName()).collect(Collectors.toSet()));
    }

    @Test
    void whatTheRootsDoNotReachIsLeftOut() throws Exception {
        ClassLoader renamed = rename("""
                package old -> neu
                keep neu.A
                leave neu.A$Unused""", """
                package old;
                public class A {
                    public static class Unused { C c; }
                    B b;
                }""", "package old; public class B {}", "package old; public class C {}");
        renamed.loadClass("neu.B");
        assertThrows(ClassNotFoundException.class, () -> renamed.loadClass("neu.C"));
        assertEquals(0, renamed.loadClass("neu.A").getDeclaredClasses().length);
    }

    @Test
    void finalIsTakenAwayFromOneMethodOnly() throws Exception {
        Class<?> a = rename("""
                package old -> neu
                keep neu.*
                in neu.A
                  open p""", "package old; public class A { public final void p() {} public final void q() {} }")
                .loadClass("neu.A");
        assertFalse(Modifier.isFinal(a.getMethod("p").getModifiers()));
        assertTrue(Modifier.isFinal(a.getMethod("q").getModifiers()));
    }

    @Test
    void lostExceptionsAreDeclaredAgain() throws Exception {
        Class<?> a = rename("""
                package old -> neu
                keep neu.*
                in neu.A
                  throws p java.io.IOException, java.lang.InterruptedException""",
                "package old; public class A { public void p() throws java.io.IOException {} }").loadClass("neu.A");
        assertEquals(List.of(IOException.class, InterruptedException.class),
                Arrays.asList(a.getMethod("p").getExceptionTypes()));
    }

    @Test
    void anExceptionIsReplacedWhereItIsThrownCaughtDeclaredAndExtended() throws Exception {
        String rules = """
                package old -> neu
                keep neu.*
                in neu.A
                  exception java.lang.IllegalStateException -> java.io.IOException
                  exception java.lang.IllegalStateException -> java.io.EOFException in end
                in neu.Own
                  exception java.lang.RuntimeException -> java.io.IOException""";
        ClassLoader renamed = rename(rules, """
                package old;
                public class A implements java.util.function.Supplier<String> {
                    void thrown() throws IllegalStateException { throw new IllegalStateException("thrown"); }
                    void end() { throw new IllegalStateException("end"); }
                    public String get() {
                        String said;
                        try { thrown(); said = "nothing"; } catch (IllegalStateException e) { said = e.getClass().getName(); }
                        try { end(); return said; } catch (IllegalStateException e) { return said + ' ' + e.getClass().getName(); }
                    }
                }""", "package old; public class Own extends RuntimeException { public Own(String s) { super(s); } }");
        assertEquals("java.io.IOException java.io.EOFException", run(renamed, "neu.A"));
        assertEquals(IOException.class, renamed.loadClass("neu.A").getDeclaredMethod("thrown").getExceptionTypes()[0]);
        assertEquals(IOException.class, renamed.loadClass("neu.Own").getSuperclass());
    }

    @Test
    void aSplitMovesMethodsAndFindsThemThere() throws Exception {
        ClassLoader renamed = rename("""
                package old -> neu
                keep neu.*
                in neu.Uid
                  split other.Tools keeping nameOf""", """
                package old;
                public class Uid {
                    public static final String ONE = "1";
                    private static final java.util.Map<String, String> NAMES = java.util.Map.of(ONE, "one");
                    private String state;
                    public static String nameOf(String uid) { return NAMES.get(uid); }
                    public static String prompt(String uid) { return uid + '=' + nameOf(uid) + NAMES.size(); }
                }""", """
                package old;
                public class Main implements java.util.function.Supplier<String> {
                    public String get() { return Uid.prompt(Uid.ONE); }
                }""");
        assertEquals("1=one1", run(renamed, "neu.Main"));
        assertEquals(Set.of("nameOf"), methods(renamed.loadClass("neu.Uid")));
        assertEquals(Set.of("prompt"), methods(renamed.loadClass("other.Tools")));
        assertEquals(0, renamed.loadClass("other.Tools").getFields().length);
    }

    @Test
    void aFieldIsReadInThePlaceOfAnother() throws Exception {
        ClassLoader renamed = rename("""
                package old -> neu
                keep neu.*
                in neu.A
                  read neu.B.p -> q in get""",
                "package old; public class B { public static String p = \"p\", q = \"q\"; }", """
                package old;
                public class A implements java.util.function.Supplier<String> {
                    public String get() { return B.p + other(); }
                    String other() { return B.p; }
                }""");
        assertEquals("qp", run(renamed, "neu.A"));
    }

    @Test
    void aCallIsSkippedInOneMethodOnly() throws Exception {
        ClassLoader renamed = rename("""
                package old -> neu
                keep neu.*
                in neu.A
                  skip neu.B.add in get""",
                "package old; public class B { int sum; void add() { sum++; } }", """
                package old;
                public class A implements java.util.function.Supplier<String> {
                    private final B b = new B();
                    public String get() { b.add(); other(); return "" + b.sum; }
                    void other() { b.add(); }
                }""");
        assertEquals("1", run(renamed, "neu.A"));
    }

    @Test
    void aLoggerLearnsWhoCallsIt() throws Exception {
        ClassLoader renamed = rename("""
                package old -> neu
                keep neu.A
                log lib.Logger -> org.hpqr.toolkit.renamer.RenamerTest$Log""",
                "package lib; public class Logger { public static void info(String format, Object... arguments) {} }", """
                package old;
                public class A implements java.util.function.Supplier<String> {
                    public String get() { lib.Logger.info("said {}", "it"); return null; }
                }""");
        run(renamed, "neu.A");
        assertEquals("said {} [it] neu.A", Log.last);
    }

    /** Stands for a logger that is not renamed. */
    public static final class Log {

        private static String last;

        public static void info(String format, Object[] arguments, Class<?> caller) {
            last = format + ' ' + Arrays.toString(arguments) + ' ' + caller.getName();
        }
    }

    @Test
    void twoMembersOfOneNameAreRefused() {
        IllegalArgumentException refused = assertThrows(IllegalArgumentException.class, () -> rename("""
                package old -> neu
                in neu.A
                  field .* -> same""", "package old; public class A { int p, q; }"));
        assertEquals("two members of neu/A would be called same I", refused.getMessage());
    }

    @Test
    void twoClassesOfOneNameAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> rename("""
                class old.A -> neu.C
                class old.B -> neu.C""", "package old; public class A {}", "package old; public class B {}"));
    }

    @Test
    void aLineThatIsNoRuleIsNamed() {
        for (String line : List.of("clas a -> b", "package a", "method p -> q", "in a\nmethod p", "in a\nsplit b"))
            assertTrue(assertThrows(IOException.class, () -> Rules.parse(line.lines().toList()), line)
                    .getMessage().startsWith("line " + line.lines().count()), line);
    }

    private static ClassLoader rename(String rules, String... sources) throws IOException {
        return Sources.load(new Renamer(Rules.parse(rules.lines().toList())).rename(Sources.compile(sources)));
    }

    private static Object run(ClassLoader loader, String name) throws Exception {
        return ((Supplier<?>) loader.loadClass(name).getConstructor().newInstance()).get();
    }

    private static Set<String> methods(Class<?> type) {
        return Stream.of(type.getDeclaredMethods()).map(method -> method.getName()).collect(Collectors.toSet());
    }
}
