package org.hpqr.dataset;

import java.io.IOException;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.UID;
import org.dcm4che3.io.DicomOutputStream;

/**
 * A data set that is encoded already, for the toolkit to send. The toolkit encodes a data set while it sends it, and an
 * error then costs the association; here the error comes before, and the bytes are not made twice.
 *
 * <p>It has no attributes of its own: it can be sent and shown, and nothing else.
 */
public final class EncodedDataset extends Attributes {

    private static final long serialVersionUID = 1L;

    private final Attributes dataset;
    private final byte[] encoded;

    private EncodedDataset(Attributes dataset, boolean bigEndian, byte[] encoded) {
        super(bigEndian, 0);
        this.dataset = dataset;
        this.encoded = encoded;
    }

    /**
     * Encodes a data set.
     *
     * @param transferSyntax of the presentation context that it is sent in
     * @throws IOException it cannot be encoded
     */
    public static EncodedDataset of(Attributes dataset, String transferSyntax) throws IOException {
        // the stream that the toolkit writes to deflates
        String written = UID.DeflatedExplicitVRLittleEndian.equals(transferSyntax) ? UID.ExplicitVRLittleEndian : transferSyntax;
        return new EncodedDataset(dataset, UID.ExplicitVRBigEndian.equals(written), DatasetCodec.encode(dataset, written));
    }

    @Override
    public void writeTo(DicomOutputStream out) throws IOException {
        out.write(encoded);
    }

    /** As the data set that was encoded: the toolkit shows at DEBUG what it sends. */
    @Override
    public String toString() {
        return dataset.toString();
    }
}
