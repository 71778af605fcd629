package org.hpqr.picture;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.dcm4che3.data.Attributes;
import org.hpqr.picture.LayoutPicture.Detail;
import org.hpqr.testkit.samples.SampleProtocols;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.w3c.dom.Element;

/**
 * The pictures of the samples, compared with references that were read and found right: what is drawn where, and what it says.
 * Fonts and colors may change. A reference that is missing is written, to be read before it is committed.
 */
class SamplePicturesTest {

    private static final Path REFERENCES = Path.of("src/test/resources/org/hpqr/picture/samples");

    @TestFactory
    Stream<DynamicTest> pictureOfEachSample() {
        return SampleProtocols.all().entrySet().stream().map(sample -> DynamicTest.dynamicTest(sample.getKey(),
                () -> assertPicture(REFERENCES.resolve(sample.getKey().replaceFirst("\\.dcm$", "") + ".txt"), sample.getValue().get())));
    }

    private static void assertPicture(Path reference, Attributes protocol) throws Exception {
        List<String> structure = structure(protocol);
        if (Files.notExists(reference)) {
            write(reference, structure);
            throw new AssertionError(reference + " was missing: read it, and commit it if it is right");
        }
        assertEquals(Files.readAllLines(reference), structure);
    }

    private static void write(Path reference, List<String> structure) throws IOException {
        Files.createDirectories(reference.getParent());
        Files.write(reference, structure);
    }

    private static List<String> structure(Attributes protocol) throws Exception {
        List<String> lines = new ArrayList<>();
        for (int group : LayoutPicture.of(protocol).groups()) {
            SvgDocument svg = SvgDocument.of(protocol, group, Language.ENGLISH, Detail.FULL);
            lines.add("group " + group + ": " + SvgDocument.first(svg.root(), "title").getTextContent());
            svg.groups("screen").forEach(screen -> lines.add("  screen " + place(screen)));
            svg.groups("box").forEach(box -> lines.add("  " + box.getAttribute("class") + " of display set " + box.getAttribute("data-display-set")
                    + ' ' + place(box) + ": " + SvgDocument.title(box)));
            svg.groups("scrolling").forEach(line -> lines.add("  line: " + SvgDocument.title(line)));
            svg.texts().forEach(text -> lines.add("  text " + text));
            SvgDocument german = SvgDocument.of(protocol, group, Language.GERMAN, Detail.FULL);
            lines.add("  de: " + SvgDocument.first(german.root(), "desc").getTextContent());
            SvgDocument thumbnail = SvgDocument.of(protocol, group, Language.ENGLISH, Detail.THUMBNAIL);
            thumbnail.groups("box").forEach(box -> lines.add("  thumbnail " + place(box)));
            thumbnail.texts().forEach(text -> lines.add("  thumbnail text " + text));
        }
        return lines;
    }

    private static String place(Element group) {
        Rectangle rectangle = SvgDocument.rectangle(group);
        return String.format(Locale.ROOT, "%.0f,%.0f to %.0f,%.0f", rectangle.left(), rectangle.bottom(), rectangle.right(), rectangle.top());
    }
}
