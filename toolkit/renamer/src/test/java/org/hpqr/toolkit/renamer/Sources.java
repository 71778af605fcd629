package org.hpqr.toolkit.renamer;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Java sources, compiled and loaded in memory. */
final class Sources {

    private Sources() {
    }

    /** @param sources compilation units, each beginning with its package and declaring one type */
    static SortedMap<String, byte[]> compile(String... sources) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        SortedMap<String, byte[]> classFiles = new TreeMap<>();
        try (StandardJavaFileManager standard = compiler.getStandardFileManager(null, null, null);
                JavaFileManager manager = new Collecting(standard, classFiles)) {
            List<Source> units = Stream.of(sources).map(Source::new).toList();
            if (!compiler.getTask(null, manager, null, null, null, units).call())
                throw new IllegalArgumentException("does not compile: " + String.join("\n", sources));
        }
        return classFiles;
    }

    static ClassLoader load(Map<String, byte[]> classFiles) {
        return new ClassLoader(Sources.class.getClassLoader()) {
            @Override
            protected Class<?> findClass(String name) throws ClassNotFoundException {
                byte[] classFile = classFiles.get(name.replace('.', '/'));
                if (classFile == null)
                    throw new ClassNotFoundException(name);
                return defineClass(name, classFile, 0, classFile.length);
            }
        };
    }

    private static final class Source extends SimpleJavaFileObject {

        private final String text;

        Source(String text) {
            super(URI.create("source:///" + pathOf(text)), Kind.SOURCE);
            this.text = text;
        }

        private static String pathOf(String text) {
            String unit = text.replaceFirst("(?s)^package ([\\w.]+);.*?\\b(?:class|interface|enum) (\\w+).*", "$1.$2");
            return unit.replace('.', '/') + Kind.SOURCE.extension;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }

    private static final class Collecting extends ForwardingJavaFileManager<StandardJavaFileManager> {

        private final Map<String, byte[]> classFiles;

        Collecting(StandardJavaFileManager standard, Map<String, byte[]> classFiles) {
            super(standard);
            this.classFiles = classFiles;
        }

        @Override
        public JavaFileObject getJavaFileForOutput(Location location, String name, JavaFileObject.Kind kind, FileObject sibling) {
            return new SimpleJavaFileObject(URI.create("class:///" + name.replace('.', '/')), kind) {
                @Override
                public OutputStream openOutputStream() {
                    return new ByteArrayOutputStream() {
                        @Override
                        public void close() {
                            classFiles.put(name.replace('.', '/'), toByteArray());
                        }
                    };
                }
            };
        }
    }
}
