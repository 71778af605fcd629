package org.hpqr.installer;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/**
 * {@code META-INF/application.xml} of an EAR. It is edited as bytes, not as a document: what {@link #with} adds is one
 * block between two comments, and {@link #without} cuts out exactly that block, so that the original comes back byte for
 * byte.
 */
final class ApplicationDescriptor {

    /** Name of its entry in the EAR. */
    static final String ENTRY = "META-INF/application.xml";

    /** Never change these two: {@code remove} must find what an older installer wrote. */
    private static final String BEGIN = "\n  <!-- hp-qr: begin -->";
    private static final String END = "\n  <!-- hp-qr: end -->";

    /** Path of the plugin's web module on the server. */
    static final String CONTEXT_ROOT = "/hp-qr";

    private static final String END_OF_MODULE = "</module>";
    private static final Set<String> MODULE_TYPES = Set.of("ejb", "web-uri", "java", "connector");

    /** One character a byte, so that no byte is changed by decoding and encoding. */
    private final String text;
    private final String applicationName;
    private final List<String> modules;
    private final List<String> contextRoots;

    /**
     * @param bytes content of the entry
     * @throws RefusedException it is not an application descriptor
     */
    ApplicationDescriptor(byte[] bytes) throws RefusedException {
        text = new String(bytes, StandardCharsets.ISO_8859_1);
        Element application = parse(bytes);
        if (!"application".equals(application.getLocalName()))
            throw new RefusedException(ENTRY + " is not an application descriptor: its root is <"
                    + application.getLocalName() + ">");
        String name = "";
        List<String> found = new ArrayList<>();
        List<String> roots = new ArrayList<>();
        for (Element child : elementsOf(application))
            if ("application-name".equals(child.getLocalName()))
                name = child.getTextContent().trim();
            else if ("module".equals(child.getLocalName()))
                collect(child, found, roots);
        applicationName = name;
        modules = List.copyOf(found);
        contextRoots = List.copyOf(roots);
    }

    private static Element parse(byte[] bytes) throws RefusedException {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setNamespaceAware(true);
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            DocumentBuilder builder = factory.newDocumentBuilder();
            builder.setErrorHandler(new DefaultHandler());
            return builder.parse(new ByteArrayInputStream(bytes)).getDocumentElement();
        } catch (SAXException e) {
            throw new RefusedException(ENTRY + " cannot be parsed: " + e.getMessage(), e);
        } catch (IOException | ParserConfigurationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void collect(Element module, List<String> uris, List<String> roots) {
        for (Element child : elementsOf(module))
            if (MODULE_TYPES.contains(child.getLocalName()))
                uris.add(child.getTextContent().trim());
            else if ("context-root".equals(child.getLocalName()))
                roots.add(child.getTextContent().trim());
            else if ("web".equals(child.getLocalName()))
                collect(child, uris, roots);
    }

    private static List<Element> elementsOf(Element parent) {
        List<Element> elements = new ArrayList<>();
        for (Node child = parent.getFirstChild(); child != null; child = child.getNextSibling())
            if (child instanceof Element element)
                elements.add(element);
        return elements;
    }

    /** Text of {@code <application-name>}; empty if there is none. */
    String applicationName() {
        return applicationName;
    }

    /** File names of the modules, in their order. */
    List<String> modules() {
        return modules;
    }

    /** The content of the entry. */
    byte[] bytes() {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /**
     * The descriptor without what {@link #with} added; itself if nothing was added.
     *
     * @throws RefusedException the block was changed by hand
     */
    ApplicationDescriptor without() throws RefusedException {
        int begin = text.indexOf(BEGIN);
        if (begin < 0)
            return this;
        int end = text.indexOf(END, begin);
        if (end < 0 || text.indexOf(BEGIN, begin + 1) >= 0)
            throw new RefusedException("the hp-qr block of " + ENTRY + " was changed by hand; restore the original EAR");
        return new ApplicationDescriptor((text.substring(0, begin) + text.substring(end + END.length()))
                .getBytes(StandardCharsets.ISO_8859_1));
    }

    /**
     * The descriptor with modules added after its last module, in place of any that were added before.
     *
     * @param names file names; one that ends with {@code .war} is a web module, under {@value #CONTEXT_ROOT}, every other one
     *              an EJB module
     * @throws RefusedException there is no module after which they could be added, or another web module has that path
     */
    ApplicationDescriptor with(List<String> names) throws RefusedException {
        ApplicationDescriptor original = without();
        if (original.contextRoots.stream().anyMatch(root -> root.equals(CONTEXT_ROOT) || root.equals(CONTEXT_ROOT.substring(1))))
            throw new RefusedException("another web module of the EAR has the context root " + CONTEXT_ROOT + "; hp-qr needs it");
        int at = endOfLastModule(original.text);
        StringBuilder edited = new StringBuilder(original.text);
        StringBuilder block = new StringBuilder(BEGIN);
        names.forEach(name -> block.append("\n  <module>").append(name.endsWith(".war") ? webModule(name)
                : "\n    <ejb>" + name + "</ejb>").append("\n  </module>"));
        edited.insert(at, block.append(END));
        ApplicationDescriptor result = new ApplicationDescriptor(edited.toString().getBytes(StandardCharsets.ISO_8859_1));

        List<String> expected = new ArrayList<>(original.modules);
        expected.addAll(names);
        if (!result.modules.equals(expected) || !Arrays.equals(result.without().bytes(), original.bytes()))
            throw new RefusedException(ENTRY + " is laid out in a way this installer does not understand");
        return result;
    }

    private static String webModule(String name) {
        return "\n    <web>\n      <web-uri>" + name + "</web-uri>\n      <context-root>" + CONTEXT_ROOT
                + "</context-root>\n    </web>";
    }

    /** Position after the last {@code </module>} that is not part of a comment or a CDATA section. */
    private static int endOfLastModule(String xml) throws RefusedException {
        int last = -1;
        int at = 0;
        while (at < xml.length()) {
            if (xml.startsWith("<!--", at))
                at = xml.indexOf("-->", at + 4) + 3;
            else if (xml.startsWith("<![CDATA[", at))
                at = xml.indexOf("]]>", at) + 3;
            else if (xml.startsWith(END_OF_MODULE, at))
                last = at += END_OF_MODULE.length();
            else
                at++;
        }
        if (last < 0)
            throw new RefusedException(ENTRY + " names no module, or is encoded in a way this installer does not understand");
        return last;
    }
}
