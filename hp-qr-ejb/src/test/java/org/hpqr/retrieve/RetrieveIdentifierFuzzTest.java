package org.hpqr.retrieve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.hpqr.dataset.FuzzedDataset;
import org.hpqr.dataset.SopInstanceUid;
import org.hpqr.spi.HpSettings.RetrieveKeys;
import org.hpqr.status.HpFailure;
import org.hpqr.status.HpStatus;

/** Any identifier of a retrieve is a list of UIDs, or A900. */
class RetrieveIdentifierFuzzTest {

    @FuzzTest(maxDuration = "5m")
    void anyIdentifierIsUidsOrRefused(FuzzedDataProvider input) {
        Optional<FuzzedDataset> fuzzed = FuzzedDataset.of(input);
        if (fuzzed.isEmpty())
            return;
        for (RetrieveKeys keys : RetrieveKeys.values()) {
            try {
                List<String> uids = RetrieveIdentifier.of(fuzzed.get().dataset(), keys).sopInstanceUids();

                assertFalse(uids.isEmpty());
                assertTrue(uids.stream().allMatch(SopInstanceUid::isValid), uids::toString);
                assertEquals(uids.size(), new HashSet<>(uids).size());
            } catch (HpFailure failure) {
                assertEquals(HpStatus.DOES_NOT_MATCH_SOP_CLASS, failure.status());
            }
        }
    }
}
