package org.hpqr.query;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.UID;
import org.hpqr.dataset.DatasetCodec;
import org.hpqr.dataset.FuzzedDataset;
import org.hpqr.spi.HpSettings.UnknownValues;
import org.hpqr.status.HpFailure;
import org.hpqr.status.HpService;
import org.hpqr.testkit.samples.SampleProtocols;

/** Any identifier is answered: with responses that can be sent, or with a status of C-FIND. */
class FindIdentifierFuzzTest {

    private static final List<Attributes> STORED = List.of(Finds.stored(SampleProtocols.chestXray()),
            Finds.stored(SampleProtocols.neurosurgery()), Finds.stored(SampleProtocols.utf8()));

    @FuzzTest(maxDuration = "5m")
    void anyIdentifierIsAnswered(FuzzedDataProvider input) throws IOException {
        Optional<FuzzedDataset> fuzzed = FuzzedDataset.of(input);
        if (fuzzed.isEmpty())
            return;
        try {
            for (UnknownValues unknownValues : UnknownValues.values()) {
                FindIdentifier identifier = FindIdentifier.of(fuzzed.get().dataset(), unknownValues, Finds.MAX_KEYS);
                identifier.filter();
                for (Attributes stored : STORED) {
                    Optional<Attributes> response = identifier.respond(stored, Finds.CALLED);
                    if (response.isPresent())
                        DatasetCodec.encode(response.get(), UID.ImplicitVRLittleEndian);
                }
            }
        } catch (HpFailure failure) {
            assertTrue(failure.status().services().contains(HpService.FIND), failure::toString);
        }
    }
}
