package org.hpqr.toolkit.renamer;

import java.util.HashSet;
import java.util.Set;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.MethodVisitor;

/** Fails where the rules gave two members of a class one name: the virtual machine would refuse the class much later. */
final class UniqueMembers extends ClassVisitor {

    private final String name;
    private final Set<String> seen = new HashSet<>();

    UniqueMembers(ClassVisitor next, String name) {
        super(RepairedClass.ASM, next);
        this.name = name;
    }

    @Override
    public FieldVisitor visitField(int access, String field, String descriptor, String signature, Object constant) {
        check(field + ' ' + descriptor);
        return super.visitField(access, field, descriptor, signature, constant);
    }

    @Override
    public MethodVisitor visitMethod(int access, String method, String descriptor, String signature, String[] thrown) {
        check(method + descriptor);
        return super.visitMethod(access, method, descriptor, signature, thrown);
    }

    private void check(String member) {
        if (!seen.add(member))
            throw new IllegalArgumentException("two members of " + name + " would be called " + member);
    }
}
