package org.hpqr.web.rs;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.hpqr.dataset.DatasetCodec;
import org.hpqr.dataset.DecodingLimits;
import org.hpqr.dataset.MalformedDatasetException;
import org.hpqr.dataset.ReceivedBytes;
import org.hpqr.dataset.StoredObject;
import org.hpqr.ohif.Diagnostic;
import org.hpqr.service.RequestMemory;
import org.hpqr.status.HpStatus;
import org.hpqr.web.media.DatasetReader;
import org.hpqr.web.media.DicomJsonReader;
import org.hpqr.web.media.MalformedContentException;
import org.hpqr.web.media.MediaType;
import org.hpqr.web.media.MultipartReader;
import org.hpqr.web.media.NativeDicomReader;
import org.hpqr.web.media.OhifReader;
import org.hpqr.web.media.ResponseType;

/**
 * The instances in the body of a store, one by one, in each media type that is accepted. After an instance that cannot be
 * read, what else is in the same text is left out, and reading goes on with the next part.
 */
final class SentInstances {

    private static final String DICOM = "application/dicom";
    private static final String JSON = "application/dicom+json";
    private static final String XML = "application/dicom+xml";
    private static final String MULTIPART = "multipart/related";
    /** Beyond the standard: a file in each entry, as {@code GET} with this media type sends them. */
    static final String ZIP = "application/zip";

    /** Those that a stored data set can be in. */
    private static final Set<String> TRANSFER_SYNTAXES = Set.of(UID.ImplicitVRLittleEndian, UID.ExplicitVRLittleEndian,
            UID.DeflatedExplicitVRLittleEndian, UID.ExplicitVRBigEndian);
    private static final String OHIF = ResponseType.OHIF.mediaType();
    /** Most bytes of a protocol of OHIF: real ones have a thousandth of it. */
    private static final int MAX_OHIF = 1 << 20;
    /** What is made of a text of OHIF takes so many times its size. */
    private static final int OHIF_MEMORY = 16;
    /** How many times its size as a data set an instance may have as text. */
    private static final int TEXT = 8;
    /** How many of the largest instances all entries of an archive may have the size of: what is packed may grow a thousandfold. */
    private static final int MAX_INFLATED = 64;
    /** Bytes of an entry that are passed over at a time. */
    private static final int PASSED = 8_192;
    /** Preamble and file meta information of a file. */
    private static final int FILE_HEADER = 65_536;

    private final int maxObjectSize;
    private final DecodingLimits limits;
    private final RequestMemory.Share memory;
    /** {@code null}: the body is not multipart. */
    private final MultipartReader parts;
    /** {@code null}: the body is no archive. */
    private final ZipInputStream archive;
    private long archiveRest;
    private final String defaultType;
    private InputStream part;
    private String partType;
    private LimitedText text;
    private DatasetReader datasets;
    private boolean ended;

    /**
     * One instance.
     *
     * @param sopClassUid    {@code null} if it cannot be read
     * @param sopInstanceUid {@code null} if it cannot be read
     * @param transferSyntax of the data set
     * @param dataset        encoded
     * @param failure        why it cannot be read; {@code null} if it can
     * @param isTooLarge     this is why
     * @param diagnostics    what DICOM cannot say of a protocol of OHIF
     */
    record SentInstance(String sopClassUid, String sopInstanceUid, String transferSyntax, byte[] dataset, HpStatus failure,
                        boolean isTooLarge, List<Diagnostic> diagnostics) {

        private static SentInstance unreadable(HpStatus failure) {
            return new SentInstance(null, null, null, null, failure, false, List.of());
        }

        private static SentInstance tooLarge() {
            return new SentInstance(null, null, null, null, HpStatus.OUT_OF_RESOURCES, true, List.of());
        }
    }

    private SentInstances(MediaType type, InputStream body, int maxObjectSize, DecodingLimits limits, RequestMemory.Share memory)
            throws MalformedContentException {
        this.maxObjectSize = maxObjectSize;
        this.limits = limits;
        this.memory = memory;
        if (type.name().equals(MULTIPART)) {
            parts = new MultipartReader(body, type.parameter("boundary"));
            defaultType = type.partType();
        } else {
            parts = null;
            defaultType = DICOM;
        }
        archive = type.name().equals(ZIP) ? new ZipInputStream(body) : null;
        archiveRest = (long) maxObjectSize * MAX_INFLATED;
        if (parts == null && archive == null) {
            part = body;
            partType = type.name();
        }
    }

    /**
     * Begins to read a body.
     *
     * @param contentType   of the request; {@code null} if it has none
     * @param maxObjectSize most bytes of a data set
     * @param memory        of this request: for the instance that is read, until the next one is asked for
     * @throws WebFailure 415: the media type is not accepted; 400: it is multipart without a boundary
     */
    static SentInstances of(String contentType, InputStream body, int maxObjectSize, DecodingLimits limits, RequestMemory.Share memory)
            throws WebFailure {
        MediaType type = MediaType.parse(contentType).filter(SentInstances::isAccepted)
                .orElseThrow(() -> new WebFailure(WebFailure.UNSUPPORTED_MEDIA_TYPE, "This Content-Type is not supported"));
        try {
            return new SentInstances(type, body, maxObjectSize, limits, memory);
        } catch (MalformedContentException e) {
            throw new WebFailure(WebFailure.BAD_REQUEST, e.getMessage());
        }
    }

    private static boolean isAccepted(MediaType type) {
        return isInstance(type.name()) || type.name().equals(ZIP) || type.name().equals(MULTIPART) && isInstance(type.partType());
    }

    private static boolean isInstance(String mediaType) {
        return mediaType.equals(DICOM) || mediaType.equals(JSON) || mediaType.equals(XML) || mediaType.equals(OHIF);
    }

    /**
     * The next instance; {@code null} at the end.
     *
     * @throws IOException the body was not received to its end
     */
    SentInstance next() throws IOException {
        memory.restart();
        return read();
    }

    /**
     * Whether there is another instance, which is lost then. The one before keeps its memory, as it is still to be stored.
     *
     * @throws IOException as {@link #next}
     */
    boolean hasMore() throws IOException {
        return read() != null;
    }

    private SentInstance read() throws IOException {
        while (!ended) {
            if (datasets != null) {
                SentInstance instance = nextDataset();
                if (instance != null)
                    return instance;
            } else if (part != null) {
                SentInstance instance = beginPart();
                if (instance != null)
                    return instance;
            } else {
                try {
                    nextPart();
                } catch (MalformedContentException e) {
                    ended = true;
                    return SentInstance.unreadable(HpStatus.CANNOT_UNDERSTAND);
                }
            }
        }
        return null;
    }

    private void nextPart() throws IOException {
        if (archive != null) {
            nextEntry();
            return;
        }
        MultipartReader.Part next = parts == null ? null : parts.next();
        if (next == null) {
            ended = true;
            return;
        }
        part = next.body();
        String type = next.headers().getOrDefault("content-type", defaultType);
        partType = MediaType.parse(type).map(MediaType::name).orElse("");
    }

    private void nextEntry() throws IOException {
        try {
            ZipEntry entry;
            do {
                passEntry();
                entry = archive.getNextEntry();
            } while (entry != null && (entry.isDirectory() || ZipOutput.isLeftOut(entry)));
            ended = entry == null;
        } catch (ZipException | EOFException | IllegalArgumentException e) {
            // the last one for names in another encoding
            throw new MalformedContentException("The archive cannot be read", e);
        }
        part = archive;
        partType = DICOM;
    }

    /** Reads over what nobody has read of an entry: inflated, it can be a thousand times what was sent. */
    private void passEntry() throws IOException {
        byte[] passed = new byte[PASSED];
        for (int read = archive.read(passed); read >= 0; read = archive.read(passed)) {
            archiveRest -= read;
            if (archiveRest < 0)
                throw new MalformedContentException("The archive is too large");
        }
    }

    /** A file is an instance; a text may hold several. */
    private SentInstance beginPart() throws IOException {
        InputStream in = part;
        part = null;
        if (partType.equals(OHIF)) {
            text = new LimitedText(in, MAX_OHIF, OHIF_MEMORY, 1);
            datasets = new OhifReader(text);
            return null;
        }
        switch (partType) {
            case DICOM -> {
                return file(in);
            }
            case JSON -> {
                text = new LimitedText(in, (long) maxObjectSize * TEXT, 1, RequestMemory.TEXT);
                datasets = new DicomJsonReader(text, limits);
            }
            case XML -> {
                text = new LimitedText(in, (long) maxObjectSize * TEXT, 1, RequestMemory.TEXT);
                datasets = new NativeDicomReader(text, limits);
            }
            default -> {
                return SentInstance.unreadable(HpStatus.CANNOT_UNDERSTAND);
            }
        }
        return null;
    }

    private SentInstance file(InputStream in) throws IOException {
        byte[] bytes;
        try {
            bytes = ReceivedBytes.read(in, maxObjectSize + FILE_HEADER, size -> memory.take(size) && (archiveRest -= archive == null ? 0 : size) >= 0);
        } catch (ReceivedBytes.NoMemoryException e) {
            // an archive that grows and grows, or other requests that take the memory there is
            ended = archiveRest < 0;
            return SentInstance.unreadable(HpStatus.OUT_OF_RESOURCES);
        } catch (ReceivedBytes.TooLargeException e) {
            return SentInstance.tooLarge();
        } catch (MalformedContentException | ZipException | EOFException e) {
            ended = true;
            return SentInstance.unreadable(HpStatus.CANNOT_UNDERSTAND);
        }
        try {
            StoredObject file = StoredObject.ofFile(bytes);
            if (!TRANSFER_SYNTAXES.contains(file.transferSyntax()))
                return SentInstance.unreadable(HpStatus.CANNOT_UNDERSTAND);
            return instance(DatasetCodec.decode(file.dataset(), file.transferSyntax(), limits), file.transferSyntax(), file.dataset());
        } catch (IOException | RuntimeException e) {
            // the toolkit meets some malformed input with unchecked exceptions
            return SentInstance.unreadable(HpStatus.CANNOT_UNDERSTAND);
        }
    }

    private SentInstance nextDataset() throws IOException {
        text.begin();
        try {
            Attributes dataset = datasets.next();
            if (dataset == null) {
                datasets = null;
                return null;
            }
            return instance(dataset, UID.ExplicitVRLittleEndian, encoded(dataset));
        } catch (LimitedText.TooLargeException e) {
            datasets = null;
            return SentInstance.tooLarge();
        } catch (LimitedText.NoMemoryException e) {
            datasets = null;
            return SentInstance.unreadable(HpStatus.OUT_OF_RESOURCES);
        } catch (MalformedContentException | MalformedDatasetException e) {
            datasets = null;
            // the rest of a body that ends too early is none
            ended = parts == null;
            return SentInstance.unreadable(HpStatus.CANNOT_UNDERSTAND);
        }
    }

    private static byte[] encoded(Attributes dataset) throws IOException {
        try {
            return DatasetCodec.encode(dataset, UID.ExplicitVRLittleEndian);
        } catch (RuntimeException e) {
            throw new MalformedContentException("The data set cannot be encoded", e);
        }
    }

    private SentInstance instance(Attributes dataset, String transferSyntax, byte[] encoded) {
        boolean isTooLarge = encoded.length > maxObjectSize;
        return new SentInstance(dataset.getString(Tag.SOPClassUID), dataset.getString(Tag.SOPInstanceUID), transferSyntax, encoded,
                isTooLarge ? HpStatus.OUT_OF_RESOURCES : null, isTooLarge,
                datasets instanceof OhifReader ohif ? ohif.diagnostics() : List.of());
    }

    /** A text, of which each instance may have so much. */
    private final class LimitedText extends FilterInputStream {

        private final long limit;
        private final int weight;
        private final int factor;
        private long rest;

        /**
         * @param weight how many bytes a byte counts as
         * @param factor as {@link RequestMemory.Share#take(int, int)} has it
         */
        private LimitedText(InputStream in, long limit, int weight, int factor) {
            super(in);
            this.limit = limit;
            this.weight = weight;
            this.factor = factor;
        }

        private static final class TooLargeException extends IOException {
            private static final long serialVersionUID = 1L;
        }

        private static final class NoMemoryException extends IOException {
            private static final long serialVersionUID = 1L;
        }

        private void begin() {
            rest = limit;
        }

        /**
         * None, so that what decodes the characters reads as much at a time as itself has room for, and not the parser behind it: its
         * buffers, which have grown for other texts, may take more than an instance may have.
         */
        @Override
        public int available() {
            return 0;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int read = super.read(bytes, offset, length);
            rest -= Math.max(read, 0);
            if (rest < 0)
                throw new TooLargeException();
            if (read > 0 && !memory.take(read * weight, factor))
                throw new NoMemoryException();
            return read;
        }
    }
}
