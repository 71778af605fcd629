package org.hpqr.selection;

import static org.hpqr.selection.DataSets.dataSet;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.dcm4che3.data.Tag;
import org.hpqr.testkit.samples.SampleProtocols;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** docs/selection.md says what the library says. */
class SelectionGuideTest {

    private static final Path GUIDE = Path.of("../docs/selection.md");

    @Test
    void theExampleIsWhatComesOut() throws IOException {
        Study study = Study.of(List.of(dataSet(Tag.Modality, "DX", Tag.BodyPartExamined, "CHEST")));
        Selection selection = HangingProtocolSelection.of(List.of(SampleProtocols.mammography()))
                .forReader(new Reader(null, Set.of("BREAST_READERS"))).apply(study, List.of(), Display.UNKNOWN);

        List<String> sentences = selection.notApplicable().get(0).reasons().stream().map(Reason::sentence).limit(3).toList();
        assertTrue(Files.readString(GUIDE).contains("```\n" + String.join("\n", sentences) + "\n```\n"), sentences::toString);
    }

    @ParameterizedTest
    @ValueSource(classes = {Selection.class, Candidate.class, Reason.class, Layout.class, Layout.EmptyBox.class, ImageSet.class,
        DisplaySet.class, ImageReference.class, SeriesPart.class, ImageBox.class, ImageBox.Position.class})
    void everyComponentOfAResultIsNamed(Class<?> result) throws IOException {
        String guide = Files.readString(GUIDE);

        assertEquals(List.of(), Arrays.stream(result.getRecordComponents()).map(RecordComponent::getName)
                .filter(name -> !guide.contains("`" + name + "`")).toList());
    }

    @Test
    void everyStepAndOutcomeIsNamed() throws IOException {
        String guide = Files.readString(GUIDE);

        assertEquals(List.of(), Stream.of(Reason.Step.values(), Outcome.values()).flatMap(Arrays::stream).map(Enum::name)
                .filter(name -> !guide.contains(name)).toList());
    }
}
