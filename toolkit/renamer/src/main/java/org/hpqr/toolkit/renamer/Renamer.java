package org.hpqr.toolkit.renamer;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.commons.ClassRemapper;
import org.objectweb.asm.commons.Remapper;

/**
 * Gives the classes of a jar other names by a rule file ({@link Rules}) and writes those that its roots reach.
 *
 * <p>Made for forks whose names were changed mechanically: what was written for the original compiles and runs again.
 */
public final class Renamer {

    private final Rules rules;

    Renamer(Rules rules) {
        this.rules = rules;
    }

    /**
     * @param args rule file, jar, directory for the class files
     * @throws IOException where one of them cannot be read or written, or the rules give two members one name
     */
    public static void main(String[] args) throws IOException {
        if (args.length != 3)
            throw new IllegalArgumentException("arguments: rule file, jar, output directory");
        SortedMap<String, byte[]> renamed = new Renamer(Rules.read(Path.of(args[0]))).rename(Path.of(args[1]));
        Path output = Path.of(args[2]);
        for (Map.Entry<String, byte[]> entry : renamed.entrySet()) {
            Path file = output.resolve(entry.getKey() + ".class");
            Files.createDirectories(file.getParent());
            Files.write(file, entry.getValue());
        }
        System.out.println(renamed.size() + " classes renamed from " + Path.of(args[1]).getFileName());
    }

    /** @return class files by internal name */
    SortedMap<String, byte[]> rename(Path jar) throws IOException {
        return rename(classesOf(jar));
    }

    SortedMap<String, byte[]> rename(Map<String, byte[]> classFiles) {
        NameMap names = new NameMap(rules, classFiles.values());
        SortedMap<String, byte[]> renamed = new TreeMap<>();
        classFiles.forEach((oldName, classFile) -> {
            String name = names.map(oldName);
            if (rules.leaves(name))
                return;
            put(renamed, name, rewrite(classFile, names, name, name));
            Rules.Split split = rules.split(name);
            if (split != null)
                put(renamed, split.second(), rewrite(classFile, names, name, split.second()));
        });
        renamed.keySet().retainAll(reachable(renamed));
        return renamed;
    }

    private byte[] rewrite(byte[] classFile, NameMap names, String name, String writtenAs) {
        ClassWriter written = new ClassWriter(0);
        ClassVisitor repaired = new RepairedClass(new UniqueMembers(written, writtenAs), rules, name, writtenAs);
        new ClassReader(classFile).accept(new RenamedClass(repaired, names, rules), 0);
        return written.toByteArray();
    }

    private static void put(Map<String, byte[]> renamed, String name, byte[] classFile) {
        if (renamed.put(name, classFile) != null)
            throw new IllegalArgumentException("two classes would be called " + name);
    }

    private Set<String> reachable(Map<String, byte[]> renamed) {
        Set<String> found = new HashSet<>();
        Deque<String> pending = new ArrayDeque<>();
        renamed.keySet().stream().filter(rules::isRoot).forEach(pending::add);
        @SuppressWarnings("deprecation") // as in NameMap
        Remapper collector = new Remapper() {
            @Override
            public String map(String name) {
                pending.add(name);
                return name;
            }
        };
        while (!pending.isEmpty()) {
            String name = pending.remove();
            byte[] classFile = renamed.get(name);
            if (classFile != null && found.add(name))
                new ClassReader(classFile).accept(new ClassRemapper(new ClassWriter(0), collector), 0);
        }
        return found;
    }

    private static Map<String, byte[]> classesOf(Path jar) throws IOException {
        Map<String, byte[]> classFiles = new TreeMap<>();
        try (JarFile file = new JarFile(jar.toFile())) {
            for (JarEntry entry : Collections.list(file.entries())) {
                if (!entry.getName().endsWith(".class"))
                    continue;
                try (InputStream in = file.getInputStream(entry)) {
                    byte[] classFile = in.readAllBytes();
                    classFiles.put(new ClassReader(classFile).getClassName(), classFile);
                }
            }
        }
        return classFiles;
    }
}
