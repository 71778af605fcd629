package org.hpqr.dataset;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.OptionalInt;
import java.util.function.IntPredicate;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Fragments;
import org.dcm4che3.data.Sequence;
import org.dcm4che3.data.UID;
import org.dcm4che3.data.VR;
import org.dcm4che3.io.DicomInputStream;
import org.dcm4che3.io.DicomOutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decodes and encodes data sets in the transfer syntaxes that objects without pixel data come in. */
public final class DatasetCodec {

    private static final Logger LOG = LoggerFactory.getLogger(DatasetCodec.class);

    /** How many times its size a deflated data set may grow; real ones stay below 20. */
    private static final int MAX_INFLATION = 100;
    /** Bytes that a deflated data set may have at least, however small it is. */
    private static final int MIN_INFLATED = 1 << 20;
    private static final int MAX_INFLATED = 1 << 30;

    private DatasetCodec() {
    }

    /** Decodes a stored data set: {@link #decode(byte[], String, DecodingLimits)} with the largest limits. */
    public static Attributes decode(byte[] encoded, String transferSyntax) throws MalformedDatasetException {
        return decode(encoded, transferSyntax, DecodingLimits.NONE_SMALLER);
    }

    /**
     * Decodes a data set.
     *
     * @param encoded        the whole data set, nothing before or after it
     * @param transferSyntax UID of the transfer syntax it is encoded in
     * @throws EncapsulatedValueException it is none as a value of undefined length is not a sequence; not of each such value
     * @throws MalformedDatasetException  it is not a data set in this transfer syntax (truncated, wrong lengths), or one
     *                                    that exceeds the limits
     */
    public static Attributes decode(byte[] encoded, String transferSyntax, DecodingLimits limits)
            throws MalformedDatasetException {
        byte[] bytes = encoded;
        String syntax = transferSyntax;
        if (UID.DeflatedExplicitVRLittleEndian.equals(syntax)) {
            bytes = inflate(encoded);
            syntax = UID.ExplicitVRLittleEndian;
        }
        LimitedReading reading = new LimitedReading(bytes, limits);
        try (DicomInputStream in = new DicomInputStream(new ByteArrayInputStream(bytes), syntax)) {
            // a length in the data set may claim 4 GB: never allocate more than there is
            in.setAllocateLimit(Math.max(bytes.length, 1));
            in.setDicomInputHandler(reading);
            return in.readDataset(-1, -1);
        } catch (MalformedDatasetException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            // the toolkit's decoder meets some malformed input with unchecked exceptions
            OptionalInt encapsulated = reading.encapsulated();
            throw encapsulated.isPresent() ? new EncapsulatedValueException(encapsulated.getAsInt(), e)
                    : new MalformedDatasetException("malformed data set", e);
        }
    }

    /** Encodes a data set, without file meta information. */
    public static byte[] encode(Attributes dataset, String transferSyntax) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(4_096);
        write(dataset, transferSyntax, bytes);
        return padded(bytes.toByteArray(), transferSyntax);
    }

    /** Bytes of a data set, with one byte more where they are deflated and of odd number (PS3.5 A.5). */
    static byte[] padded(byte[] encoded, String transferSyntax) {
        return encoded.length % 2 == 0 || !UID.DeflatedExplicitVRLittleEndian.equals(transferSyntax) ? encoded
                : Arrays.copyOf(encoded, encoded.length + 1);
    }

    /** {@code true} if an encoded data set has a value of odd length (PS3.5 7.1.1). */
    static boolean hasOddLengths(byte[] encoded, String transferSyntax) throws IOException {
        return UID.DeflatedExplicitVRLittleEndian.equals(transferSyntax)
                ? OddLengths.in(inflate(encoded), UID.ExplicitVRLittleEndian)
                : OddLengths.in(encoded, transferSyntax);
    }

    /**
     * SHA-256 of the data set in a canonical form of Implicit VR Little Endian: the same for the same content, in whatever
     * transfer syntax it was received. To be asked before any value is read, as reading text re-encodes it.
     *
     * @return 64 lower-case hexadecimal digits
     * @throws EncapsulatedValueException a value has no such form, as it consists of fragments
     */
    public static String contentDigest(Attributes dataset) throws IOException {
        requireNoFragments(dataset);
        MessageDigest digest = sha256();
        CanonicalEncoding.update(digest, encode(dataset, UID.ImplicitVRLittleEndian));
        return HexFormat.of().formatHex(digest.digest());
    }

    private static void requireNoFragments(Attributes dataset) throws EncapsulatedValueException {
        for (int tag : dataset.tags()) {
            Object value = dataset.getValue(tag);
            if (value instanceof Fragments)
                throw new EncapsulatedValueException(tag, null);
            if (value instanceof Sequence items)
                for (Attributes item : items)
                    requireNoFragments(item);
        }
    }

    /** SHA-256 of bytes, as 64 lower-case hexadecimal digits. */
    public static String digest(byte[] bytes) {
        return HexFormat.of().formatHex(sha256().digest(bytes));
    }

    private static void write(Attributes dataset, String transferSyntax, OutputStream to) throws IOException {
        DicomOutputStream out = new DicomOutputStream(to, transferSyntax);
        boolean bigEndian = UID.ExplicitVRBigEndian.equals(transferSyntax);
        out.writeDataset(null, dataset.bigEndian() == bigEndian ? dataset : swapped(dataset));
        out.finish();
    }

    /** A copy in the other byte order, text as it is encoded. The toolkit's own would decode text and encode it anew. */
    private static Attributes swapped(Attributes dataset) throws MalformedDatasetException {
        Attributes copy = new Attributes(!dataset.bigEndian(), dataset.size());
        for (int tag : dataset.tags()) {
            VR.Holder vr = new VR.Holder();
            Object value = dataset.getValue(tag, vr);
            if (value instanceof Sequence items) {
                Sequence copies = copy.newSequence(tag, items.size());
                for (Attributes item : items)
                    copies.add(swapped(item));
            } else {
                copy.setValue(tag, vr.vr, value instanceof byte[] bytes ? swapped(bytes, vr.vr) : value);
            }
        }
        return copy;
    }

    private static byte[] swapped(byte[] value, VR vr) throws MalformedDatasetException {
        if (value.length % vr.numEndianBytes() != 0)
            throw new MalformedDatasetException("a value of VR " + vr + " is cut short", null);
        return vr.toggleEndian(value, true);
    }

    /**
     * Asks for the memory that a data set takes when it is inflated: it can be a hundred times as much as came.
     *
     * @param memory is asked for memory for that many bytes more
     * @throws ReceivedBytes.NoMemoryException it was refused
     */
    public static void reserveInflated(byte[] deflated, IntPredicate memory) throws ReceivedBytes.NoMemoryException {
        Inflater inflater = new Inflater(true);
        try (InflaterInputStream in = new InflaterInputStream(new ByteArrayInputStream(deflated), inflater)) {
            byte[] piece = new byte[8_192];
            for (int read; (read = in.read(piece)) >= 0;)
                if (!memory.test(read))
                    throw new ReceivedBytes.NoMemoryException();
        } catch (IOException e) {
            LOG.debug("Malformed, which is answered when it is decoded", e);
        } finally {
            inflater.end();
        }
    }

    private static byte[] inflate(byte[] deflated) throws MalformedDatasetException {
        int limit = (int) Math.min(MAX_INFLATED, Math.max(MIN_INFLATED, (long) deflated.length * MAX_INFLATION));
        Inflater inflater = new Inflater(true);
        try (InflaterInputStream in = new InflaterInputStream(new ByteArrayInputStream(deflated), inflater)) {
            return ReceivedBytes.read(in, limit, bytes -> true);
        } catch (ReceivedBytes.TooLargeException | ReceivedBytes.NoMemoryException e) {
            throw new MalformedDatasetException("the deflated data set grows beyond " + limit + " bytes", e);
        } catch (IOException e) {
            throw new MalformedDatasetException("malformed deflated data set", e);
        } finally {
            inflater.end();
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
