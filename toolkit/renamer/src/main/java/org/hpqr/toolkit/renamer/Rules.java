package org.hpqr.toolkit.renamer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a rule file says. Class names in the file are written as in Java source ({@code a.b.C$D}); all lookups here take and
 * give internal names ({@code a/b/C$D}).
 *
 * <pre>
 * package a.b -&gt; x.y            every class of a.b that no class rule names
 * class a.b.C -&gt; x.y.D          one class, its nested classes with it
 * keep x.y.*                     a root: what it reaches is written, the rest is not; * stands for any characters
 * leave x.y.D$*                  never written, though a class names it as its nested class
 * log a.b.Logger -&gt; x.y.Log     its static methods get the calling class as an additional, last argument
 *
 * in x.y.D                       what follows is about this class, under its new name
 *   method p -&gt; q               also for those who call or override it in a subclass
 *   field p -&gt; q                p is a regular expression here, q may refer to its groups; first matching rule wins
 *   drop p                       leaves out the fields called p and methods called p(), p being a regular expression
 *   open p                       takes "final" away from method p
 *   throws p E, F                declares exceptions that method p lost
 *   exception E -&gt; F [in p]     throws or catches F where it threw or caught E, or extends F; a rule with "in" wins
 *   read C.p -&gt; q in r         method r reads field q of class C where it read field p
 *   skip C.m in r              method r does not call method m of class C, which takes and gives nothing
 *   split x.y.E keeping p q      constants and methods p, q stay; all other methods move to class E
 * </pre>
 *
 * An empty line does not end a section; a comment starts with {@code #}.
 */
final class Rules {

    /** A class whose methods, but for some, move to a class of their own. */
    record Split(String second, Set<String> keeping) {
        boolean moves(String method) {
            return !method.startsWith("<") && !keeping.contains(method);
        }
    }

    private record FieldRename(Pattern pattern, String replacement) {
    }

    /** What the file says about one class, under its new name. */
    private static final class Section {
        final Map<String, String> methods = new HashMap<>();
        final List<FieldRename> fields = new ArrayList<>();
        final List<Pattern> drops = new ArrayList<>();
        final Set<String> opens = new HashSet<>();
        final Map<String, List<String>> declared = new HashMap<>();
        final Map<String, String> exceptions = new HashMap<>();
        final Map<String, String> reads = new HashMap<>();
        final Set<String> skips = new HashSet<>();
        Split split;
    }

    private static final Section NONE = new Section();

    private final Map<String, String> packages = new HashMap<>();
    private final Map<String, String> classes = new HashMap<>();
    private final Map<String, Section> sections = new LinkedHashMap<>();
    private final Map<String, String> loggers = new HashMap<>();
    private final List<Pattern> roots = new ArrayList<>();
    private final List<Pattern> left = new ArrayList<>();

    /** @throws IOException also where a line is no rule; the message names the line */
    static Rules read(Path file) throws IOException {
        return parse(Files.readAllLines(file));
    }

    static Rules parse(List<String> lines) throws IOException {
        Rules rules = new Rules();
        Section section = null;
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).replaceFirst("#.*", "").strip();
            try {
                if (line.isEmpty())
                    continue;
                if (line.startsWith("in "))
                    section = rules.sections.computeIfAbsent(internal(line.substring(3)), name -> new Section());
                else if (!rules.global(line))
                    member(section, line);
            } catch (RuntimeException e) {
                throw new IOException("line " + (i + 1) + " is no rule: " + line, e);
            }
        }
        return rules;
    }

    private boolean global(String line) {
        String[] words = line.split("\\s+", 2);
        switch (words[0]) {
            case "package" -> renaming(words[1], packages);
            case "class" -> renaming(words[1], classes);
            case "log" -> renaming(words[1], loggers);
            case "keep" -> roots.add(classPattern(words[1]));
            case "leave" -> left.add(classPattern(words[1]));
            default -> {
                return false;
            }
        }
        return true;
    }

    private static void member(Section section, String line) {
        String[] words = line.split("\\s+", 2);
        switch (words[0]) {
            case "method" -> {
                String[] names = sides(words[1]);
                section.methods.put(names[0], names[1]);
            }
            case "field" -> {
                String[] names = sides(words[1]);
                section.fields.add(new FieldRename(Pattern.compile(names[0]), names[1]));
            }
            case "drop" -> section.drops.add(Pattern.compile(words[1]));
            case "open" -> section.opens.add(words[1]);
            case "throws" -> {
                String[] parts = words[1].split("[,\\s]+");
                List<String> types = section.declared.computeIfAbsent(parts[0], name -> new ArrayList<>());
                for (int i = 1; i < parts.length; i++)
                    types.add(internal(parts[i]));
            }
            case "exception" -> {
                String[] parts = words[1].split("\\s+in\\s+");
                String[] types = sides(parts[0]);
                String scope = parts.length > 1 ? parts[1] : "";
                section.exceptions.put(scope + ' ' + internal(types[0]), internal(types[1]));
            }
            case "read" -> {
                String[] parts = words[1].split("\\s+in\\s+");
                String[] fields = sides(parts[0]);
                section.reads.put(parts[1] + ' ' + internal(fields[0]), fields[1]);
            }
            case "skip" -> {
                String[] parts = words[1].split("\\s+in\\s+");
                section.skips.add(parts[1] + ' ' + internal(parts[0]));
            }
            case "split" -> {
                String[] parts = words[1].split("\\s+keeping\\b\\s*");
                section.split = new Split(internal(parts[0]), Set.of(parts[1].split("\\s+")));
            }
            default -> throw new IllegalArgumentException(line);
        }
    }

    private static void renaming(String line, Map<String, String> to) {
        String[] names = sides(line);
        to.put(internal(names[0]), internal(names[1]));
    }

    private static String[] sides(String line) {
        String[] sides = line.split("\\s*->\\s*");
        if (sides.length != 2)
            throw new IllegalArgumentException(line);
        return sides;
    }

    private static Pattern classPattern(String javaNames) {
        return Pattern.compile(Pattern.quote(internal(javaNames)).replace("*", "\\E.*\\Q"));
    }

    private static String internal(String javaName) {
        return javaName.strip().replace('.', '/');
    }

    /** The new name of a class; its own where no rule is about it. */
    String classNamed(String old) {
        String renamed = classes.get(old);
        if (renamed != null)
            return renamed;
        int nested = old.lastIndexOf('$');
        if (nested > 0)
            return classNamed(old.substring(0, nested)) + old.substring(nested);
        int slash = old.lastIndexOf('/');
        String moved = slash < 0 ? null : packages.get(old.substring(0, slash));
        return moved == null ? old : moved + old.substring(slash);
    }

    /** The new name that this class, and no class above it, gives a method; null where it gives none. */
    String methodNamed(String owner, String name) {
        return section(owner).methods.get(name);
    }

    /** The new name that this class, and no class above it, gives a field; null where it gives none. */
    String fieldNamed(String owner, String name) {
        for (FieldRename rule : section(owner).fields) {
            var matcher = rule.pattern.matcher(name);
            if (matcher.matches())
                return matcher.replaceFirst(rule.replacement);
        }
        return null;
    }

    boolean drops(String owner, String member) {
        return matches(section(owner).drops, member);
    }

    boolean opens(String owner, String method) {
        return section(owner).opens.contains(method);
    }

    List<String> declared(String owner, String method) {
        return section(owner).declared.getOrDefault(method, List.of());
    }

    /** The exception that stands for {@code type} in a method; {@code type} itself where there is no other. */
    String exception(String owner, String method, String type) {
        Map<String, String> exceptions = section(owner).exceptions;
        String found = exceptions.get(method + ' ' + type);
        return found != null ? found : exceptions.getOrDefault(' ' + type, type);
    }

    /** The field that a method reads in the place of another of the same class; that other one where no rule is about it. */
    String read(String owner, String method, String fieldOwner, String field) {
        return section(owner).reads.getOrDefault(method + ' ' + fieldOwner + '/' + field, field);
    }

    boolean skips(String owner, String method, String called, String calledMethod) {
        return section(owner).skips.contains(method + ' ' + called + '/' + calledMethod);
    }

    /** How this class is split in two; null where it is not. */
    Split split(String owner) {
        return section(owner).split;
    }

    /** The class that takes the calls of a logger, the caller's class as additional argument; null for any other class. */
    String logger(String owner) {
        return loggers.get(owner);
    }

    boolean isRoot(String name) {
        return matches(roots, name);
    }

    boolean leaves(String name) {
        return matches(left, name);
    }

    private static boolean matches(List<Pattern> patterns, String name) {
        return patterns.stream().anyMatch(pattern -> pattern.matcher(name).matches());
    }

    private Section section(String owner) {
        return sections.getOrDefault(owner, NONE);
    }
}
