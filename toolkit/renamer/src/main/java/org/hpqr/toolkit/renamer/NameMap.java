package org.hpqr.toolkit.renamer;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.Type;
import org.objectweb.asm.commons.Remapper;

/** Answers ASM's questions for new names. A member's rule also holds where the member is named by way of a subclass. */
final class NameMap extends Remapper {

    private final Rules rules;
    private final Map<String, List<String>> supertypes = new HashMap<>();

    @SuppressWarnings("deprecation") // the constructor that goes with the method below
    NameMap(Rules rules, Iterable<byte[]> classFiles) {
        this.rules = rules;
        for (byte[] classFile : classFiles) {
            ClassReader reader = new ClassReader(classFile);
            List<String> above = new ArrayList<>(List.of(reader.getInterfaces()));
            if (reader.getSuperName() != null)
                above.add(reader.getSuperName());
            supertypes.put(reader.getClassName(), above);
        }
    }

    @Override
    public String map(String name) {
        return rules.classNamed(name);
    }

    @Override
    public String mapMethodName(String owner, String name, String descriptor) {
        return name.startsWith("<") ? name : member(owner, name, rules::methodNamed);
    }

    /** A lambda's call site names the one method of the interface that it makes. */
    @Override
    @SuppressWarnings("deprecation") // its successor has more parameters, which are not needed here
    public String mapInvokeDynamicMethodName(String name, String descriptor) {
        Type made = Type.getReturnType(descriptor);
        return made.getSort() == Type.OBJECT ? mapMethodName(made.getInternalName(), name, descriptor) : name;
    }

    @Override
    public String mapFieldName(String owner, String name, String descriptor) {
        return member(owner, name, rules::fieldNamed);
    }

    @Override
    public String mapRecordComponentName(String owner, String name, String descriptor) {
        return mapFieldName(owner, name, descriptor);
    }

    private String member(String owner, String name, BiFunction<String, String, String> rule) {
        String found = search(owner, name, rule);
        return found == null ? name : found;
    }

    private String search(String owner, String name, BiFunction<String, String, String> rule) {
        String found = rule.apply(map(owner), name);
        if (found != null)
            return found;
        for (String above : supertypes.getOrDefault(owner, List.of())) {
            found = search(above, name, rule);
            if (found != null)
                return found;
        }
        return null;
    }
}
