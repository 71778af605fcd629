package org.hpqr.web.rs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.xml.stream.XMLStreamException;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.data.VR;
import org.hpqr.dataset.DatasetCodec;
import org.hpqr.dataset.DecodingLimits;
import org.hpqr.dataset.StoredObject;
import org.hpqr.service.RequestMemory;
import org.hpqr.spi.HpSettings;
import org.hpqr.status.HpStatus;
import org.hpqr.testkit.samples.SampleProtocols;
import org.hpqr.testkit.standard.Clause;
import org.hpqr.web.media.DicomJsonWriter;
import org.hpqr.web.media.NativeDicomWriter;
import org.hpqr.web.rs.SentInstances.SentInstance;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The bodies of PS3.18 12.5.1. */
class SentInstancesTest {

    private static final int MAX_SIZE = 4_096;
    private static final String MULTIPART = "multipart/related; type=\"application/dicom\"; boundary=b";

    private static final byte[] FILE = file(SampleProtocols.ctOnePrior(), UID.ImplicitVRLittleEndian);
    private static final byte[] JSON = json(SampleProtocols.ctOnePrior(), SampleProtocols.chestXray());
    private static final byte[] XML = xml(SampleProtocols.ctOnePrior());

    @Clause("PS3.18 12.1.3")
    @Test
    void aFileIsAnInstanceAsItIsEncoded() throws Exception {
        List<SentInstance> instances = read("application/dicom", FILE);
        assertEquals(List.of(SampleProtocols.CT_ONE_PRIOR_UID), uids(instances));
        assertEquals(UID.ImplicitVRLittleEndian, instances.get(0).transferSyntax());
        assertEquals(UID.HangingProtocolStorage, instances.get(0).sopClassUid());
    }

    @Test
    void aJsonArrayHoldsSeveral() throws Exception {
        assertEquals(List.of(SampleProtocols.CT_ONE_PRIOR_UID, SampleProtocols.CHEST_XRAY_UID), uids(read("application/dicom+json", JSON)));
        assertEquals(List.of(SampleProtocols.CT_ONE_PRIOR_UID), uids(read("application/dicom+xml", XML)));
        assertEquals(List.of(), read("application/dicom+json", "[]".getBytes(StandardCharsets.UTF_8)));
    }

    @Clause("PS3.18 12.1.3")
    @Test
    void partsMayBeOfEachType() throws Exception {
        List<SentInstance> instances = read(MULTIPART, part("application/dicom", FILE), part("application/dicom+json", JSON),
                part("application/dicom+xml", XML), part(null, FILE), part("image/jpeg", FILE), part("application/dicom", new byte[9]),
                end());
        assertEquals(Arrays.asList(SampleProtocols.CT_ONE_PRIOR_UID, SampleProtocols.CT_ONE_PRIOR_UID,
                SampleProtocols.CHEST_XRAY_UID, SampleProtocols.CT_ONE_PRIOR_UID, SampleProtocols.CT_ONE_PRIOR_UID, null, null), uids(instances));
        assertEquals(HpStatus.CANNOT_UNDERSTAND, instances.get(5).failure());
        assertEquals(HpStatus.CANNOT_UNDERSTAND, instances.get(6).failure());
    }

    /** RFC 2045 5.1: media types and names of parameters are the same in upper and lower case. */
    @Clause("PS3.18 12.1.3")
    @Test
    void theCaseOfAMediaTypeDoesNotMatter() throws Exception {
        assertEquals(List.of(SampleProtocols.CT_ONE_PRIOR_UID), uids(read("Multipart/Related; Type=\"Application/DICOM\"; Boundary=b",
                part(null, FILE), end())));
        assertEquals(List.of(SampleProtocols.CT_ONE_PRIOR_UID), uids(read("Application/DICOM", FILE)));
    }

    /** What is wrong with one part is no fault of another. */
    @Clause("PS3.18 12.5")
    @Test
    void aBrokenPartCostsOnlyItself() throws Exception {
        byte[] broken = new String(JSON, StandardCharsets.UTF_8).replace("\"vr\":\"SH\"", "\"vr\":\"XX\"").getBytes(StandardCharsets.UTF_8);
        List<SentInstance> instances = read(MULTIPART, part("application/dicom+json", broken), part("application/dicom", FILE), end());
        assertEquals(Arrays.asList(null, SampleProtocols.CT_ONE_PRIOR_UID), uids(instances));
    }

    @Test
    void aBodyThatEndsTooEarlyHasAFailedInstance() throws Exception {
        for (String type : new String[] {"application/dicom+json", "application/dicom", "application/dicom+xml"}) {
            List<SentInstance> instances = read(MULTIPART, part("application/dicom", FILE),
                    part(type, type.endsWith("json") ? JSON : type.endsWith("xml") ? XML : FILE));
            assertEquals(SampleProtocols.CT_ONE_PRIOR_UID, instances.get(0).sopInstanceUid());
            assertEquals(HpStatus.CANNOT_UNDERSTAND, instances.get(instances.size() - 1).failure(), type);
        }
    }

    @Test
    void anInstanceHasALimitOfItsOwn() throws Exception {
        Attributes large = SampleProtocols.chestXray();
        large.setString(Tag.SelectorUTValue, VR.UT, "x".repeat(MAX_SIZE));
        checkThatItIsTooLarge(read("application/dicom", file(large, UID.ExplicitVRLittleEndian)));
        checkThatItIsTooLarge(read("application/dicom+json", json(large)));
        // as text it may be larger, and there may be many of them
        Attributes[] many = new Attributes[40];
        Arrays.setAll(many, i -> SampleProtocols.ctOnePrior());
        assertEquals(40, read("application/dicom+json", json(many)).stream().filter(instance -> instance.failure() == null).count());
        large.setString(Tag.SelectorUTValue, VR.UT, "x".repeat(MAX_SIZE * 10));
        checkThatItIsTooLarge(read("application/dicom+json", json(large)));
        checkThatItIsTooLarge(read("application/dicom", new byte[MAX_SIZE + 70_000]));
    }

    /** The parser keeps buffers that have grown. */
    @Test
    void aLargeTextBeforeMakesNoDifference() throws Exception {
        Attributes large = SampleProtocols.chestXray();
        large.setString(Tag.SelectorUTValue, VR.UT, "x".repeat(1 << 18));
        SentInstances before = SentInstances.of("application/dicom+json", new ByteArrayInputStream(json(large)), 1 << 21,
                DecodingLimits.NONE_SMALLER, new RequestMemory().share());
        assertNull(before.next().failure());
        Attributes[] many = new Attributes[40];
        Arrays.setAll(many, i -> SampleProtocols.ctOnePrior());
        for (int i = 0; i < 10; i++)
            assertEquals(40, read("application/dicom+json", json(many)).stream().filter(instance -> instance.failure() == null).count());
    }

    private static void checkThatItIsTooLarge(List<SentInstance> instances) {
        assertEquals(HpStatus.OUT_OF_RESOURCES, instances.get(0).failure());
        assertTrue(instances.get(0).isTooLarge());
    }

    /** What an object cannot be stored in is refused, whatever its bytes would mean. */
    @Test
    void otherTransferSyntaxesAreRefused() throws Exception {
        byte[] file = new StoredObject("1.2.840.10008.1.2.4.50", "A", DatasetCodec.encode(SampleProtocols.ctOnePrior(),
                UID.ExplicitVRLittleEndian)).toFile(UID.HangingProtocolStorage, "1.2");
        assertEquals(HpStatus.CANNOT_UNDERSTAND, read("application/dicom", file).get(0).failure());
    }

    @Clause("PS3.10 7")
    @Test
    void anArchiveHoldsAFileInEachEntry() throws Exception {
        byte[] archive = zip("a/", new byte[0], "a/one.dcm", FILE, "a/left-out.txt", new byte[10], "left-out.txt", new byte[10], "other.txt", new byte[10], "two", FILE);
        List<SentInstance> instances = read("application/zip", archive);
        assertEquals(Arrays.asList(SampleProtocols.CT_ONE_PRIOR_UID, null, SampleProtocols.CT_ONE_PRIOR_UID), uids(instances));
        assertEquals(List.of(), read("application/zip", "no archive".getBytes(StandardCharsets.US_ASCII)));
        List<SentInstance> cut = read("application/zip", Arrays.copyOf(archive, archive.length / 2));
        assertEquals(HpStatus.CANNOT_UNDERSTAND, cut.get(cut.size() - 1).failure());
    }

    @Test
    void anArchiveGrowsOnlySoMuch() throws Exception {
        Object[] entries = new Object[200];
        for (int i = 0; i < entries.length; i += 2) {
            entries[i] = "e" + i;
            entries[i + 1] = new byte[MAX_SIZE];
        }
        List<SentInstance> instances = read("application/zip", zip(entries));
        assertEquals(65, instances.size());
        assertEquals(HpStatus.OUT_OF_RESOURCES, instances.get(64).failure());
        assertEquals(HpStatus.OUT_OF_RESOURCES, read("application/zip", zip("large", new byte[MAX_SIZE + 70_000])).get(0).failure());
    }

    /** Inflated, what nobody reads takes as much time as what somebody does. */
    @ParameterizedTest
    @ValueSource(strings = {"a/", "left-out.txt", "large"})
    void whatIsPassedOverOfAnArchiveGrowsOnlySoMuch(String entry) throws Exception {
        List<SentInstance> little = read("application/zip", zip(entry, new byte[60 * MAX_SIZE], "two", FILE));
        assertEquals(SampleProtocols.CT_ONE_PRIOR_UID, little.get(little.size() - 1).sopInstanceUid());
        List<SentInstance> much = read("application/zip", zip(entry, new byte[100 * MAX_SIZE], "two", FILE));
        assertEquals(HpStatus.CANNOT_UNDERSTAND, much.get(much.size() - 1).failure());
    }

    private static byte[] zip(Object... entries) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (int i = 0; i < entries.length; i += 2) {
                zip.putNextEntry(new ZipEntry((String) entries[i]));
                zip.write((byte[]) entries[i + 1]);
            }
        }
        return bytes.toByteArray();
    }

    @Clause("PS3.18 12.1.3")
    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"application/json", "text/plain", "multipart/related", "multipart/related; type=\"image/jpeg\"; boundary=b",
            "multipart/form-data; boundary=b", "nonsense"})
    void otherMediaTypesAreRefused(String type) {
        assertEquals(415, assertThrows(WebFailure.class, () -> read(type, FILE)).status());
    }

    @Test
    void multipartNeedsABoundary() {
        assertEquals(400, assertThrows(WebFailure.class, () -> read("multipart/related; type=\"application/dicom\"", FILE)).status());
    }

    /** It keeps it while it is stored, after it is certain that there is no other. */
    @ParameterizedTest
    @ValueSource(strings = {"application/dicom+json", "application/dicom+xml"})
    void textTakesMoreMemoryThanItsSizeUntilTheNextIsAskedFor(String type) throws Exception {
        Attributes object = SampleProtocols.ctOnePrior();
        object.setBytes(Tag.PixelData, VR.OW, new byte[1 << 20]);
        byte[] body = type.endsWith("json") ? json(object) : xml(object);
        RequestMemory memory = new RequestMemory(RequestMemory.TEXT * body.length);
        SentInstances sent = SentInstances.of(type, new ByteArrayInputStream(body), 1 << 21, DecodingLimits.NONE_SMALLER, memory.share());
        assertNull(sent.next().failure());
        assertFalse(memory.share().take(body.length));
        assertFalse(sent.hasMore());
        assertFalse(memory.share().take(body.length));
        assertNull(sent.next());
        RequestMemory.Share other = memory.share();
        assertTrue(other.take(body.length) && other.take(body.length));
        SentInstances without = SentInstances.of(type, new ByteArrayInputStream(body), 1 << 21, DecodingLimits.NONE_SMALLER, memory.share());
        assertEquals(HpStatus.OUT_OF_RESOURCES, without.next().failure());
    }

    /** With the default settings and the default heap of the server. */
    @Test
    void largestObjectIsAcceptedAsTextWhenItIsAlone() {
        int text = (HpSettings.MAX_OBJECT_SIZE.defaultValue() + 2) / 3 * 4;
        assertTrue(new RequestMemory((512 << 20) / 10).share().take(text, RequestMemory.TEXT));
    }

    private static List<SentInstance> read(String contentType, byte[]... body) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (byte[] some : body)
            bytes.writeBytes(some);
        SentInstances sent = SentInstances.of(contentType, new ByteArrayInputStream(bytes.toByteArray()), MAX_SIZE,
                DecodingLimits.NONE_SMALLER, new RequestMemory().share());
        List<SentInstance> instances = new ArrayList<>();
        for (SentInstance instance = sent.next(); instance != null; instance = sent.next())
            instances.add(instance);
        assertNull(sent.next());
        return instances;
    }

    private static List<String> uids(List<SentInstance> instances) {
        List<String> uids = new ArrayList<>();
        instances.forEach(instance -> uids.add(instance.sopInstanceUid()));
        return uids;
    }

    private static byte[] part(String type, byte[] content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(("\r\n--b\r\n" + (type == null ? "" : "Content-Type: " + type + "\r\n") + "\r\n").getBytes(StandardCharsets.US_ASCII));
        bytes.writeBytes(content);
        return bytes.toByteArray();
    }

    private static byte[] end() {
        return "\r\n--b--\r\n".getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] file(Attributes object, String transferSyntax) {
        try {
            return new StoredObject(transferSyntax, "A", DatasetCodec.encode(object, transferSyntax)).toFile(UID.HangingProtocolStorage,
                    object.getString(Tag.SOPInstanceUID));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] json(Attributes... objects) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (DicomJsonWriter writer = new DicomJsonWriter(out)) {
            for (Attributes object : objects)
                writer.write(object);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return out.toByteArray();
    }

    private static byte[] xml(Attributes object) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            NativeDicomWriter.write(object, out);
        } catch (XMLStreamException e) {
            throw new AssertionError(e);
        }
        return out.toByteArray();
    }
}
