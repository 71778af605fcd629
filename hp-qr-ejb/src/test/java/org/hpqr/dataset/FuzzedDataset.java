package org.hpqr.dataset;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import java.util.List;
import java.util.Optional;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.UID;

/**
 * A data set that a fuzzer made.
 *
 * @param dataset        what was decoded
 * @param encoded        as it came
 * @param transferSyntax what it is encoded in
 */
public record FuzzedDataset(Attributes dataset, byte[] encoded, String transferSyntax) {

    private static final List<String> TRANSFER_SYNTAXES = List.of(UID.ImplicitVRLittleEndian, UID.ExplicitVRLittleEndian,
            UID.ExplicitVRBigEndian, UID.DeflatedExplicitVRLittleEndian);

    /** Low, so that the fuzzer comes to them. */
    private static final DecodingLimits LIMITS = new DecodingLimits(8, 200);

    /** The last byte says the transfer syntax, what is before it is the data set; empty if it is not one. */
    public static Optional<FuzzedDataset> of(FuzzedDataProvider input) {
        String transferSyntax = TRANSFER_SYNTAXES.get(input.consumeInt(0, TRANSFER_SYNTAXES.size() - 1));
        byte[] encoded = input.consumeRemainingAsBytes();
        try {
            return Optional.of(new FuzzedDataset(DatasetCodec.decode(encoded, transferSyntax, LIMITS), encoded, transferSyntax));
        } catch (MalformedDatasetException e) {
            return Optional.empty();
        }
    }
}
