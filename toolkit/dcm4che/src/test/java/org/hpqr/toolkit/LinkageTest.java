package org.hpqr.toolkit;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.dcm4che3.net.Association;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** The renamed and the supplied classes fit together; otherwise the first use of a member would be what finds out. */
class LinkageTest {

    @Test
    void everyClassIsAcceptedByTheVirtualMachine() throws Exception {
        assertAll(names().stream().<Executable>map(name -> () -> Class.forName(name)));
    }

    @Test
    void everyMemberThatIsUsedExists() throws Exception {
        Set<String> missing = new TreeSet<>();
        for (String name : names())
            try (InputStream in = Association.class.getResourceAsStream('/' + name.replace('.', '/') + ".class")) {
                new ClassReader(in).accept(new Uses(name, missing), 0);
            }
        assertEquals(Set.of(), missing);
    }

    private static List<String> names() throws Exception {
        Path classes = Path.of(URI.create(Association.class.getProtectionDomain().getCodeSource().getLocation().toString()));
        try (Stream<Path> files = Files.walk(classes)) {
            return files.map(file -> classes.relativize(file).toString().replace('/', '.'))
                    .filter(file -> file.endsWith(".class"))
                    .map(file -> file.substring(0, file.length() - ".class".length()))
                    .toList();
        }
    }

    /** Looks up what the instructions of a class name. */
    private static final class Uses extends ClassVisitor {

        private final String user;
        private final Set<String> missing;

        Uses(String user, Set<String> missing) {
            super(Opcodes.ASM9);
            this.user = user;
            this.missing = missing;
        }

        @Override
        public MethodVisitor visitMethod(int access, String name, String descriptor, String signature, String[] thrown) {
            return new MethodVisitor(Opcodes.ASM9) {
                @Override
                public void visitTypeInsn(int opcode, String type) {
                    load(Type.getObjectType(type));
                }

                @Override
                public void visitFieldInsn(int opcode, String owner, String field, String type) {
                    Class<?> declaring = load(Type.getObjectType(owner));
                    if (declaring != null && fields(declaring).noneMatch(field::equals))
                        missing.add(user + " uses " + owner + '.' + field);
                }

                @Override
                public void visitMethodInsn(int opcode, String owner, String method, String type, boolean onInterface) {
                    Class<?> declaring = load(Type.getObjectType(owner));
                    if (declaring != null && methods(declaring).noneMatch((method + type)::equals))
                        missing.add(user + " uses " + owner + '.' + method + type);
                }

                @Override
                public void visitInvokeDynamicInsn(String method, String type, Handle bootstrap, Object... arguments) {
                    for (Object argument : arguments)
                        if (argument instanceof Handle handle)
                            visitMethodInsn(0, handle.getOwner(), handle.getName(), handle.getDesc(), false);
                }
            };
        }

        /** @return null also for method and variable handles, whose methods exist in any signature */
        private Class<?> load(Type type) {
            if (type.getSort() == Type.ARRAY)
                return Object[].class;
            if (type.getInternalName().startsWith("java/lang/invoke/"))
                return null;
            try {
                return Class.forName(type.getClassName(), false, Association.class.getClassLoader());
            } catch (ClassNotFoundException e) {
                missing.add(user + " uses " + type.getClassName());
                return null;
            }
        }

        private static Stream<String> fields(Class<?> type) {
            return hierarchy(type).stream().flatMap(each -> Stream.of(each.getDeclaredFields()))
                    .map(field -> field.getName());
        }

        private static Stream<String> methods(Class<?> type) {
            return hierarchy(type).stream().flatMap(each -> Stream.concat(
                    Stream.of(each.getDeclaredMethods()).map(method -> method.getName() + Type.getMethodDescriptor(method)),
                    Stream.of(each.getDeclaredConstructors())
                            .map(constructor -> "<init>" + Type.getConstructorDescriptor(constructor))));
        }

        private static List<Class<?>> hierarchy(Class<?> type) {
            List<Class<?>> found = new ArrayList<>();
            found.add(type);
            for (Class<?> above : type.getInterfaces())
                found.addAll(hierarchy(above));
            if (type.getSuperclass() != null)
                found.addAll(hierarchy(type.getSuperclass()));
            else if (type.isInterface())
                found.add(Object.class);
            return found;
        }
    }
}
