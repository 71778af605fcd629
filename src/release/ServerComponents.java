import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/**
 * Adds the libraries of the server's WildFly to the software bill of materials, as Maven knows those of hp-qr only. Arguments: the
 * directory of the server, the file of CycloneDX, and what jars do not tell, as group:artifact:version. Fails if it does not know
 * what a jar is.
 */
final class ServerComponents {

    private static final Pattern POM = Pattern.compile("META-INF/maven/[^/]+/[^/]+/pom\\.properties");
    private static final Pattern FILE = Pattern.compile("(.+?)(?:-(\\d.*))?\\.jar");
    private static final Pattern LISTED = Pattern.compile("\"purl\" : \"(pkg:maven/[^\"?]+)");
    private static final String COMPONENTS = "\n  \"components\" : [";

    /** Of jars that were not built by Maven. */
    private static final Map<String, String> GROUPS = Map.ofEntries(
            Map.entry("asm", "org.ow2.asm"), Map.entry("asm-util", "org.ow2.asm"),
            Map.entry("bcjmail-jdk18on", "org.bouncycastle"), Map.entry("bcpg-jdk18on", "org.bouncycastle"),
            Map.entry("bcpkix-jdk18on", "org.bouncycastle"), Map.entry("bcprov-jdk18on", "org.bouncycastle"),
            Map.entry("bcutil-jdk18on", "org.bouncycastle"), Map.entry("btf", "com.github.fge"),
            Map.entry("caffeine", "com.github.ben-manes.caffeine"), Map.entry("ecj", "org.eclipse.jdt"),
            Map.entry("h2", "com.h2database"), Map.entry("hibernate-commons-annotations", "org.hibernate.common"),
            Map.entry("hibernate-core", "org.hibernate.orm"), Map.entry("hibernate-envers", "org.hibernate.orm"),
            Map.entry("jackson-coreutils", "com.github.fge"), Map.entry("jcip-annotations", "net.jcip"),
            Map.entry("json-patch", "com.github.fge"), Map.entry("msg-simple", "com.github.fge"),
            Map.entry("postgresql", "org.postgresql"), Map.entry("reactive-streams", "org.reactivestreams"),
            Map.entry("resilience4j-core", "io.github.resilience4j"), Map.entry("resilience4j-retry", "io.github.resilience4j"),
            Map.entry("rxjava", "io.reactivex.rxjava3"));

    /** By Package URL. */
    private final Map<String, String> components = new TreeMap<>();

    public static void main(String[] arguments) throws IOException, NoSuchAlgorithmException {
        ServerComponents server = new ServerComponents();
        try (Stream<Path> files = Files.walk(Path.of(arguments[0]))) {
            for (Path jar : files.filter(file -> file.toString().endsWith(".jar")).sorted().toList())
                server.add(jar);
        }
        for (String coordinates : List.of(arguments).subList(2, arguments.length)) {
            String[] parts = coordinates.split(":");
            server.add(parts[0], parts[1], parts[2], "");
        }
        server.writeTo(Path.of(arguments[1]));
    }

    private void add(Path file) throws IOException, NoSuchAlgorithmException {
        Matcher name = FILE.matcher(file.getFileName().toString());
        if (!name.matches())
            throw new IOException(file + ": its name is not that of a jar");
        String sha256 = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        try (JarFile jar = new JarFile(file.toFile())) {
            List<? extends ZipEntry> poms = jar.stream().filter(entry -> POM.matcher(entry.getName()).matches()).toList();
            for (ZipEntry pom : poms) {
                Properties of = new Properties();
                of.load(jar.getInputStream(pom));
                // with several, the jar contains other jars
                add(of.getProperty("groupId"), of.getProperty("artifactId"), of.getProperty("version"), poms.size() == 1 ? sha256 : "");
            }
            if (poms.isEmpty()) {
                String group = GROUPS.get(name.group(1));
                String version = name.group(2) != null ? name.group(2) : jar.getManifest().getMainAttributes().getValue("Bundle-Version");
                if (group == null || version == null)
                    throw new IOException(file + ": unknown group or version");
                add(group, name.group(1), version, sha256);
            }
        }
    }

    private void add(String group, String artifact, String version, String sha256) {
        if (group.equals("org.hpqr"))
            return;
        String purl = "pkg:maven/" + group + "/" + artifact + "@" + version;
        String hashes = sha256.isEmpty() ? "" : """
                      "hashes" : [ { "alg" : "SHA-256", "content" : "%s" } ],
                """.formatted(sha256);
        components.putIfAbsent(purl, """
                    {
                      "type" : "library",
                      "bom-ref" : "%s",
                      "group" : "%s",
                      "name" : "%s",
                      "version" : "%s",
                %s      "purl" : "%s"
                    }""".formatted(purl, group, artifact, version, hashes, purl));
    }

    private void writeTo(Path bom) throws IOException {
        String text = Files.readString(bom, StandardCharsets.UTF_8);
        LISTED.matcher(text).results().forEach(purl -> components.remove(purl.group(1)));
        int first = text.indexOf(COMPONENTS);
        if (first < 0)
            throw new IOException(bom + ": no components");
        first += COMPONENTS.length();
        Files.writeString(bom, text.substring(0, first) + "\n" + String.join(",\n", components.values()) + "," + text.substring(first));
    }
}
