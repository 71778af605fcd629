package org.hpqr.toolkit.renamer;

import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.commons.ClassRemapper;
import org.objectweb.asm.commons.Remapper;

/** Renames one class; repairs what ASM leaves inconsistent where a nested class becomes one of its own. */
final class RenamedClass extends ClassRemapper {

    private final Rules rules;

    RenamedClass(ClassVisitor next, Remapper names, Rules rules) {
        super(RepairedClass.ASM, next, names);
        this.rules = rules;
    }

    @Override
    public void visitInnerClass(String name, String outerName, String innerName, int access) {
        String renamed = remapper.map(name);
        if (renamed.indexOf('$') >= 0 && !rules.leaves(renamed))
            super.visitInnerClass(name, outerName, innerName, access);
    }

    /** The virtual machine refuses a nest that spans packages. */
    @Override
    public void visitNestHost(String host) {
        if (samePackage(host))
            super.visitNestHost(host);
    }

    @Override
    public void visitNestMember(String member) {
        if (samePackage(member) && !rules.leaves(remapper.map(member)))
            super.visitNestMember(member);
    }

    private boolean samePackage(String other) {
        return packageOf(remapper.map(other)).equals(packageOf(remapper.map(className)));
    }

    private static String packageOf(String name) {
        return name.substring(0, name.lastIndexOf('/') + 1);
    }
}
