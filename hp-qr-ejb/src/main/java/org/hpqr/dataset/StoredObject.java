package org.hpqr.dataset;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.data.VR;
import org.dcm4che3.io.DicomInputStream;
import org.dcm4che3.io.DicomOutputStream;

/** An object as it lies in the storage (PS3.10): file meta information, and the data set byte for byte as received. */
public final class StoredObject {

    /** Where the elements after File Meta Information Group Length begin: preamble, prefix, and that element. */
    private static final int META_START = 128 + 4 + 12;

    private final String transferSyntax;
    private final String sourceAET;
    private final byte[] dataset;
    /** It was found to be what can be sent, so that an object that is kept in memory is looked through once. */
    private volatile boolean sendable;

    /**
     * @param transferSyntax transfer syntax UID of the data set
     * @param sourceAET      calling AE title it came from, kept as Source Application Entity Title (0002,0016); {@code null}
     *                       if the file does not say
     * @param dataset        the encoded data set; not to be changed
     */
    public StoredObject(String transferSyntax, String sourceAET, byte[] dataset) {
        this.transferSyntax = transferSyntax;
        this.sourceAET = sourceAET;
        this.dataset = dataset;
    }

    /** Transfer syntax UID of the data set. */
    public String transferSyntax() {
        return transferSyntax;
    }

    /** Calling AE title it came from; {@code null} if the file does not say. */
    public String sourceAET() {
        return sourceAET;
    }

    /** The encoded data set; not to be changed. */
    public byte[] dataset() {
        return dataset;
    }

    /**
     * The data set.
     *
     * @throws IOException it cannot be decoded
     */
    public Attributes decoded() throws IOException {
        return DatasetCodec.decode(dataset, transferSyntax);
    }

    /** The file: preamble, file meta information, data set. */
    public byte[] toFile(String sopClassUid, String sopInstanceUid) throws IOException {
        Attributes meta = Attributes.createFileMetaInformation(sopInstanceUid, sopClassUid, transferSyntax);
        meta.setString(Tag.ImplementationClassUID, VR.UI, Implementation.CLASS_UID);
        meta.setString(Tag.ImplementationVersionName, VR.SH, Implementation.VERSION_NAME);
        meta.setString(Tag.SourceApplicationEntityTitle, VR.AE, sourceAET);
        ByteArrayOutputStream file = new ByteArrayOutputStream(dataset.length + 512);
        DicomOutputStream out = new DicomOutputStream(file, UID.ExplicitVRLittleEndian);
        out.writeFileMetaInformation(meta);
        out.flush();
        file.write(dataset);
        return file.toByteArray();
    }

    /**
     * Takes a file apart.
     *
     * @throws IOException it is no PS3.10 file
     */
    public static StoredObject ofFile(byte[] file) throws IOException {
        try (DicomInputStream in = new DicomInputStream(new ByteArrayInputStream(file))) {
            Attributes meta = in.readFileMetaInformation();
            if (meta == null || !meta.containsValue(Tag.TransferSyntaxUID))
                throw new IOException("no file meta information");
            // asked of the bytes, as the toolkit drops the group length and its inflater reads ahead
            int start = META_START + ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getInt(META_START - Integer.BYTES);
            if (start < META_START || start > file.length)
                throw new IOException("wrong length of the file meta information");
            return new StoredObject(meta.getString(Tag.TransferSyntaxUID), meta.getString(Tag.SourceApplicationEntityTitle),
                    Arrays.copyOfRange(file, start, file.length));
        }
    }

    /**
     * The data set in a transfer syntax, to be sent. It is returned as received if that is the one asked for and it is well
     * formed; else it is decoded and encoded anew, values untouched but for the padding of those of odd length (PS3.5 7.1.1).
     *
     * @throws IOException the stored data set cannot be decoded
     */
    public byte[] in(String wantedTransferSyntax) throws IOException {
        if (wantedTransferSyntax.equals(transferSyntax)) {
            if (sendable)
                return dataset;
            if (!DatasetCodec.hasOddLengths(dataset, transferSyntax)) {
                byte[] padded = DatasetCodec.padded(dataset, transferSyntax);
                sendable = padded == dataset;
                return padded;
            }
        }
        return DatasetCodec.encode(DatasetCodec.decode(dataset, transferSyntax), wantedTransferSyntax);
    }
}
