package org.hpqr.toolkit.renamer;

import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** A method's instructions: exception types, calls of the logger and of split classes. */
final class RepairedMethod extends MethodVisitor {

    private final Rules rules;
    private final String owner;
    private final String method;
    private final String writtenAs;
    private boolean logs;

    RepairedMethod(MethodVisitor next, Rules rules, String owner, String method, String writtenAs) {
        super(RepairedClass.ASM, next);
        this.rules = rules;
        this.owner = owner;
        this.method = method;
        this.writtenAs = writtenAs;
    }

    @Override
    public void visitTypeInsn(int opcode, String type) {
        super.visitTypeInsn(opcode, exception(type));
    }

    @Override
    public void visitFieldInsn(int opcode, String fieldOwner, String field, String descriptor) {
        super.visitFieldInsn(opcode, fieldOwner.equals(owner) ? writtenAs : fieldOwner,
                rules.read(owner, method, fieldOwner, field), descriptor);
    }

    @Override
    public void visitMethodInsn(int opcode, String called, String calledMethod, String descriptor, boolean onInterface) {
        String logger = rules.logger(called);
        Rules.Split split = rules.split(called);
        if (logger != null) {
            logs = true;
            super.visitLdcInsn(Type.getObjectType(writtenAs));
            super.visitMethodInsn(opcode, logger, calledMethod, descriptor.replace(")", "Ljava/lang/Class;)"), onInterface);
        } else if (rules.skips(owner, method, called, calledMethod)) {
            super.visitInsn(Opcodes.POP);
        } else if (split != null && split.moves(calledMethod)) {
            super.visitMethodInsn(opcode, split.second(), calledMethod, descriptor, onInterface);
        } else {
            super.visitMethodInsn(opcode, exception(called), calledMethod, descriptor, onInterface);
        }
    }

    @Override
    public void visitTryCatchBlock(Label start, Label end, Label handler, String type) {
        super.visitTryCatchBlock(start, end, handler, type == null ? null : exception(type));
    }

    @Override
    public void visitFrame(int type, int localCount, Object[] local, int stackCount, Object[] stack) {
        super.visitFrame(type, localCount, exceptions(local), stackCount, exceptions(stack));
    }

    @Override
    public void visitMaxs(int maxStack, int maxLocals) {
        super.visitMaxs(logs ? maxStack + 1 : maxStack, maxLocals);
    }

    private String exception(String type) {
        return rules.exception(owner, method, type);
    }

    private Object[] exceptions(Object[] types) {
        if (types == null)
            return null;
        Object[] replaced = types.clone();
        for (int i = 0; i < replaced.length; i++)
            if (replaced[i] instanceof String type)
                replaced[i] = exception(type);
        return replaced;
    }
}
