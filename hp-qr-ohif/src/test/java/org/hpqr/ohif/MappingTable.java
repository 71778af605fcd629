package org.hpqr.ohif;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A row of the table "What becomes what" in docs/viewers.md, by its first cell; by the second where there is nothing in DICOM. */
enum MappingTable {
    IDENTIFICATION("SOP Instance UID, Name, Description, Creation DateTime"),
    OWNER("Level, User, Group"),
    PRIORS("Number of Priors Referenced 0 / n"),
    MODALITY("Definition: Modality"),
    CODES("Definition: region, procedure, reason"),
    SELECTORS("Image set: selectors"),
    VALUE_NUMBER("Selector Value Number"),
    USAGE_FLAG("Usage Flag NO_MATCH / MATCH"),
    RELATIVE_TIME("RELATIVE_TIME 0\\0"),
    ABSTRACT_PRIOR("ABSTRACT_PRIOR n\\n, n\\m"),
    GROUP("Presentation group"),
    IMAGE_BOX("Image box"),
    LAYOUT_TYPE("STACK, PROCESSED, SINGLE, CINE, TILED"),
    MPR("Reformatting MPR"),
    MIP("3D rendering MIP"),
    RENDERING("other 3D rendering"),
    SLAB("SLAB, blending"),
    FILTERS("Filters MEMBER_OF, NOT_MEMBER_OF, RANGE_INCL, GREATER_OR_EQUAL, LESS_OR_EQUAL, PRESENT"),
    PLANE("Filter IMAGE_PLANE"),
    SORTING("Sorting"),
    VOI_TYPE("VOI Type"),
    INVERTED("Show Grayscale Inverted"),
    PALETTE("Pseudo-Color Type HOT_IRON"),
    SCROLLING("Synchronized Scrolling"),
    MAINTAIN_LAYOUT("MAINTAIN_LAYOUT"),
    ADAPT_LAYOUT("ADAPT_LAYOUT"),
    LATERALITY("Definition: laterality"),
    OTHER_DICOM("everything else that has a value"),
    OTHER_OHIF("everything else of OHIF");

    private static final String NOTHING = "-";

    private final String key;

    MappingTable(String key) {
        this.key = key;
    }

    /** @return as the document has it */
    String key() {
        return key;
    }

    /** What a row of the document says. */
    record Entry(String dicom, String ohif, String text) {

        String key() {
            return isInDicom() ? dicom : ohif;
        }

        boolean isInDicom() {
            return !dicom.equals(NOTHING);
        }

        boolean isInOhif() {
            return !ohif.equals(NOTHING);
        }

        boolean isReported() {
            return text.contains("eported");
        }
    }

    static List<Entry> documented() throws IOException {
        List<String> lines = Files.readAllLines(Path.of("../docs/viewers.md"));
        Stream<String> table = lines.stream().skip(lines.indexOf("### What becomes what")).dropWhile(line -> !line.startsWith("|---"))
                .skip(1).takeWhile(line -> line.startsWith("|"));
        return table.map(line -> line.split("\\|", -1)).map(cells -> new Entry(cells[1].strip(), cells[2].strip(), cells[3].strip())).toList();
    }
}
