package org.hpqr.toolkit.renamer;

import java.util.Arrays;
import java.util.stream.Stream;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Applies the rules that are more than a name to a class that has its new names already. The second class of a split has
 * static members only.
 */
final class RepairedClass extends ClassVisitor {

    static final int ASM = Opcodes.ASM9;

    private final Rules rules;
    private final String name;
    private final String writtenAs;
    private final Rules.Split split;

    /**
     * @param name the class whose rules apply
     * @param writtenAs the same, or the second class of its split
     */
    RepairedClass(ClassVisitor next, Rules rules, String name, String writtenAs) {
        super(ASM, next);
        this.rules = rules;
        this.name = name;
        this.writtenAs = writtenAs;
        this.split = rules.split(name);
    }

    @Override
    public void visit(int version, int access, String self, String signature, String superName, String[] interfaces) {
        if (isSecond())
            super.visit(version, access, writtenAs, null, "java/lang/Object", null);
        else
            super.visit(version, access, writtenAs, signature, rules.exception(name, "", superName), interfaces);
    }

    @Override
    public FieldVisitor visitField(int access, String field, String descriptor, String signature, Object constant) {
        if (rules.drops(name, field) || isSecond() && ((access & Opcodes.ACC_STATIC) == 0 || isConstant(access, constant)))
            return null;
        return super.visitField(access, field, descriptor, signature, constant);
    }

    @Override
    public MethodVisitor visitMethod(int access, String method, String descriptor, String signature, String[] thrown) {
        if (rules.drops(name, method + "()") || belongsToOtherHalf(access, method))
            return null;
        String[] declared = Stream.concat(
                thrown == null ? Stream.empty() : Arrays.stream(thrown).map(type -> rules.exception(name, method, type)),
                rules.declared(name, method).stream()).distinct().toArray(String[]::new);
        int opened = rules.opens(name, method) ? access & ~Opcodes.ACC_FINAL : access;
        return new RepairedMethod(super.visitMethod(opened, method, descriptor, signature, declared), rules, name, method,
                writtenAs);
    }

    private static boolean isConstant(int access, Object value) {
        return value != null && (access & Opcodes.ACC_PUBLIC) != 0;
    }

    /** Both need what the static initializer sets. */
    private boolean belongsToOtherHalf(int access, String method) {
        if (split == null || method.equals("<clinit>"))
            return false;
        return isSecond() ? (access & Opcodes.ACC_STATIC) == 0 || !split.moves(method) : split.moves(method);
    }

    private boolean isSecond() {
        return !writtenAs.equals(name);
    }
}
