package org.hpqr.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Sequence;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.data.VR;
import org.hpqr.spi.HpSettings;
import org.hpqr.testkit.samples.SampleProtocols;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a peer can make the decoder do, at each limit and above it. */
class DatasetCodecTest {

    private static final DecodingLimits LIMITS = new DecodingLimits(8, 100);
    private static final int UNDEFINED = -1;
    /** Tag, VR, reserved, length. */
    private static final int OB_HEADER = 12;

    @ParameterizedTest
    @CsvSource({"1, true", "8, true", "9, false", "1000000, false"})
    void sequencesMayBeNestedToALimit(int depth, boolean taken) throws IOException {
        byte[] nested = nested(depth);

        if (taken)
            assertEquals(1, DatasetCodec.decode(nested, UID.ImplicitVRLittleEndian, LIMITS).size());
        else
            assertRefused(nested, UID.ImplicitVRLittleEndian);
    }

    @ParameterizedTest
    @CsvSource({"100, true", "101, false"})
    void itemsAreTakenToALimit(int items, boolean taken) throws IOException {
        Attributes dataset = new Attributes();
        Sequence outer = dataset.newSequence(Tag.HangingProtocolDefinitionSequence, 1);
        Attributes item = new Attributes();
        outer.add(item);
        Sequence inner = item.newSequence(Tag.AnatomicRegionSequence, items);
        for (int i = 1; i < items; i++)
            inner.add(new Attributes());
        byte[] encoded = DatasetCodec.encode(dataset, UID.ExplicitVRLittleEndian);

        if (taken)
            assertEquals(1, DatasetCodec.decode(encoded, UID.ExplicitVRLittleEndian, LIMITS).size());
        else
            assertRefused(encoded, UID.ExplicitVRLittleEndian);
    }

    @Test
    void fragmentsAreCountedAsItems() {
        ByteBuffer encoded = ByteBuffer.allocate(12 + 200 * 8).order(ByteOrder.LITTLE_ENDIAN);
        encoded.putShort((short) 0x7FE0).putShort((short) 0x10).put((byte) 'O').put((byte) 'B').putShort((short) 0).putInt(UNDEFINED);
        while (encoded.hasRemaining())
            encoded.putShort((short) 0xFFFE).putShort((short) 0xE000).putInt(0);

        assertRefused(encoded.array(), UID.ExplicitVRLittleEndian);
    }

    /** What was taken when it came is read again, whatever the limits are now. */
    @Test
    void whatIsHeldIsReadWithTheLargestLimits() throws IOException {
        assertEquals(1, DatasetCodec.decode(nested(HpSettings.LARGEST_DEPTH), UID.ImplicitVRLittleEndian).size());
    }

    /** No thread's stack is too small for the deepest data set, whatever is done with it. */
    @Test
    void deepestDataSetFitsTheStack() throws Exception {
        byte[] deepest = nested(HpSettings.LARGEST_DEPTH);
        Throwable[] failure = new Throwable[1];
        Thread small = new Thread(null, () -> {
            try {
                Attributes dataset = DatasetCodec.decode(deepest, UID.ImplicitVRLittleEndian);
                DatasetCodec.contentDigest(dataset);
                new Attributes(dataset).toString();
            } catch (Throwable e) {
                failure[0] = e;
            }
        }, "small stack", 256 * 1024);
        small.start();
        small.join();

        assertEquals(null, failure[0]);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, -2, Integer.MIN_VALUE, 0x7FFFFFFF, 1_000_000})
    void valueThatClaimsMoreThanThereIsTakesNoMemory(int length) {
        ByteBuffer encoded = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
        encoded.putShort((short) 0x72).putShort((short) 2).putInt(length).putLong(0x2020202020202020L);

        assertRefused(encoded.array(), UID.ImplicitVRLittleEndian);
    }

    /** 1 MB at least, a hundred times its size if that is more; what comes after the deflated bytes is part of its size. */
    @ParameterizedTest
    @CsvSource({"1048576, 0, true", "1048578, 0, false", "3000000, 30000, true", "3000000, 29999, false"})
    void deflatedDataSetGrowsToALimit(int inflatedSize, int size, boolean taken) throws IOException {
        Attributes dataset = new Attributes();
        dataset.setBytes(Tag.PixelData, VR.OB, new byte[inflatedSize - OB_HEADER]);
        byte[] deflated = DatasetCodec.encode(dataset, UID.DeflatedExplicitVRLittleEndian);
        byte[] received = Arrays.copyOf(deflated, Math.max(size, deflated.length));

        if (taken)
            assertEquals(1, DatasetCodec.decode(received, UID.DeflatedExplicitVRLittleEndian, LIMITS).size());
        else
            assertRefused(received, UID.DeflatedExplicitVRLittleEndian);
    }

    @ParameterizedTest
    @ValueSource(strings = {UID.ImplicitVRLittleEndian, UID.ExplicitVRLittleEndian})
    void dataSetCutOffWithinAnElementIsRefused(String transferSyntax) throws IOException {
        byte[] whole = DatasetCodec.encode(SampleProtocols.chestXray(), transferSyntax);
        int refused = 0;
        for (int length = 1; length < whole.length; length++) {
            try {
                DatasetCodec.decode(Arrays.copyOf(whole, length), transferSyntax, LIMITS);
            } catch (MalformedDatasetException e) {
                refused++;
            }
        }
        // between two elements of the data set itself, and there only, it cannot be seen
        assertEquals(whole.length - SampleProtocols.chestXray().size(), refused);
    }

    /** In little endian such a value stays what it is. */
    @Test
    void valueCutShortCannotChangeItsByteOrder() {
        Attributes dataset = new Attributes(true);
        dataset.setBytes(Tag.SelectorULValue, VR.UL, new byte[] {1, 2});

        assertThrows(MalformedDatasetException.class, () -> DatasetCodec.contentDigest(dataset));
    }

    private static void assertRefused(byte[] encoded, String transferSyntax) {
        assertThrows(MalformedDatasetException.class, () -> DatasetCodec.decode(encoded, transferSyntax, LIMITS));
    }

    /** Sequences of undefined length within each other, and nothing that ends them where there are many. */
    private static byte[] nested(int depth) {
        boolean isEnded = depth <= HpSettings.LARGEST_DEPTH;
        ByteBuffer encoded = ByteBuffer.allocate(depth * (isEnded ? 32 : 16)).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < depth; i++)
            encoded.putShort((short) 0x72).putShort((short) 0x0C).putInt(UNDEFINED)
                    .putShort((short) 0xFFFE).putShort((short) 0xE000).putInt(UNDEFINED);
        while (encoded.hasRemaining())
            encoded.putShort((short) 0xFFFE).putShort((short) 0xE00D).putInt(0)
                    .putShort((short) 0xFFFE).putShort((short) 0xE0DD).putInt(0);
        return encoded.array();
    }
}
