package org.hpqr.toolkit.renamer;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.InnerClassNode;
import org.objectweb.asm.tree.MethodNode;

/** The classes of some jars or directories, and what can be said to them from outside. */
final class Api {

    static final int VISIBLE = Opcodes.ACC_PUBLIC | Opcodes.ACC_PROTECTED;

    private final SortedMap<String, ClassNode> classes = new TreeMap<>();

    static Api of(List<Path> jarsOrDirectories) throws IOException {
        Api api = new Api();
        for (Path path : jarsOrDirectories)
            if (Files.isDirectory(path))
                api.add(path);
            else
                try (FileSystem jar = FileSystems.newFileSystem(path)) {
                    api.add(jar.getPath("/"));
                }
        return api;
    }

    private void add(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : (Iterable<Path>) files.filter(each -> each.toString().endsWith(".class"))::iterator) {
                ClassNode read = read(Files.readAllBytes(file));
                classes.put(read.name, read);
            }
        }
    }

    private static ClassNode read(byte[] classFile) {
        ClassNode node = new ClassNode();
        new ClassReader(classFile).accept(node, ClassReader.SKIP_CODE);
        return node;
    }

    Stream<ClassNode> visibleClasses() {
        return classes.values().stream().filter(type -> (accessOf(type) & VISIBLE) != 0);
    }

    boolean has(String name) {
        return classes.containsKey(name);
    }

    /** The class of this name; null where neither we nor the JDK have it. */
    ClassNode get(String name) {
        return classes.computeIfAbsent(name, Api::fromJdk);
    }

    /** What a nested class may be used from is said by its InnerClasses entry only. */
    static int accessOf(ClassNode type) {
        for (InnerClassNode nested : type.innerClasses)
            if (nested.name.equals(type.name))
                return nested.access;
        return type.access;
    }

    Optional<MethodNode> constructor(String owner, String descriptor) {
        return declared(get(owner), "<init>", descriptor);
    }

    Optional<MethodNode> method(String owner, String name, String descriptor) {
        return inHierarchy(owner, type -> declared(type, name, descriptor));
    }

    private static Optional<MethodNode> declared(ClassNode type, String name, String descriptor) {
        return type.methods.stream().filter(method -> method.name.equals(name) && method.desc.equals(descriptor)).findFirst();
    }

    Optional<FieldNode> field(String owner, String name, String descriptor) {
        return inHierarchy(owner, type -> type.fields.stream()
                .filter(field -> field.name.equals(name) && field.desc.equals(descriptor)).findFirst());
    }

    private <T> Optional<T> inHierarchy(String owner, Function<ClassNode, Optional<T>> search) {
        ClassNode type = get(owner);
        if (type == null)
            return Optional.empty();
        Optional<T> found = search.apply(type);
        if (found.isPresent())
            return found;
        List<String> above = new ArrayList<>(type.interfaces);
        if (type.superName != null)
            above.add(type.superName);
        return above.stream().map(each -> inHierarchy(each, search)).flatMap(Optional::stream).findFirst();
    }

    private static ClassNode fromJdk(String name) {
        try (InputStream in = ClassLoader.getSystemResourceAsStream(name + ".class")) {
            return in == null ? null : read(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
