package org.hpqr.it.hostile;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Data sets that are made to harm, in Explicit VR Little Endian. Each is what its name says, the rest is by chance. */
final class HostileDatasets {

    /** To be found in no log, and to change none. */
    private static final List<String> TEXTS = List.of("'; DROP TABLE hp_object; --", "' OR '1'='1",
            "A\r\n12:00:00 ERROR forged line", "\u001B[2J\u001B[31mred", "\u009B2J", "${jndi:ldap://127.0.0.1/x}",
            "../../../../etc/passwd", "%n%s%x", "\0", "\\\\\\", "\u2028forged", "<script>alert(1)</script>", "{}{}{}",
            "\u202Eright to left", "A".repeat(60_000));

    private static final long UNDEFINED = 0xFFFFFFFFL;
    private static final byte[] SOP_CLASS = Bytes.text(0x8, 0x16, "UI", "1.2.840.10008.5.1.4.38.1");

    private final Random random;
    private final List<Supplier<byte[]>> kinds = List.of(this::deepSequence, this::undefinedLengths, this::lengthsOfFourGigabytes,
            this::wrongVrs, this::truncatedValue, this::explodingWildCard, this::manyUids, this::hostileTexts, this::manyItems,
            this::manyElements, this::sameElementAgain, this::fragments, this::privateElements, this::characterSets, this::nothing);

    HostileDatasets(Random random) {
        this.random = random;
    }

    /** One of a kind; its SOP Instance UID is {@code uid} where it has an identity. */
    byte[] next(String uid) {
        byte[] identity = random.nextInt(4) == 0 ? nothing() : Bytes.joined(SOP_CLASS, Bytes.text(0x8, 0x18, "UI", uid));
        return Bytes.joined(identity, kinds.get(random.nextInt(kinds.size())).get());
    }

    /** One of the texts. */
    String text() {
        return TEXTS.get(random.nextInt(TEXTS.size()));
    }

    private byte[] deepSequence() {
        int depth = 1 + random.nextInt(random.nextBoolean() ? 100 : 20_000);
        Bytes dataset = Bytes.little();
        for (int i = 0; i < depth; i++)
            dataset.put(Bytes.element(0x72, 0xC, "SQ", UNDEFINED, nothing())).u16(0xFFFE).u16(0xE000).u32(UNDEFINED);
        if (random.nextBoolean())
            for (int i = 0; i < depth; i++)
                dataset.u16(0xFFFE).u16(0xE00D).u32(0).u16(0xFFFE).u16(0xE0DD).u32(0);
        return dataset.array();
    }

    private byte[] undefinedLengths() {
        String vr = pick("SQ", "UN", "OB", "OW", "UT", "UC");
        return Bytes.element(0x72, pick(0x2, 0xC, 0x102, 0x9999), vr, UNDEFINED, noise(random.nextInt(64)));
    }

    private byte[] lengthsOfFourGigabytes() {
        long length = pick(0xFFFFFFFEL, 0xFFFFFFF0L, 0x80000000L, 0x7FFFFFFFL, 0x7FFFFFFEL, 0xFFFFFFL);
        return Bytes.element(0x72, pick(0xC, 0x102, 0x2), pick("SQ", "UN", "UT", "OB"), length, noise(random.nextInt(64)));
    }

    private byte[] wrongVrs() {
        int element = pick(0x2, 0x4, 0x5, 0x6, 0xA, 0xC, 0xE, 0x14, 0x16, 0x18, 0x100, 0x102);
        String vr = pick("US", "SQ", "FD", "AT", "UN", "PN", "DA", "XX", "\0\0", "OB", "SS", "IS", "UI");
        byte[] value = noise(2 * random.nextInt(10));
        return Bytes.element(pick(0x8, 0x72), element, vr, value.length, value);
    }

    private byte[] truncatedValue() {
        byte[] whole = Bytes.joined(Bytes.text(0x72, 0x2, "SH", "CHEST"), Bytes.text(0x72, 0x4, "LO", "Description"),
                Bytes.element(0x72, 0x14, "US", 2, noise(2)));
        return Arrays.copyOf(whole, random.nextInt(whole.length));
    }

    private byte[] explodingWildCard() {
        String pattern = pick("*?", "?*", "*a", "a*", "*", "?", "*?*a").repeat(1 + random.nextInt(600));
        return Bytes.text(0x72, pick(0x2, 0x10, 0x6), pick("SH", "LO", "CS"), pattern + pick("", "b", "*"));
    }

    private byte[] manyUids() {
        int count = random.nextInt(20) == 0 ? 100_000 : random.nextInt(3_000);
        String list = IntStream.range(0, count).mapToObj(i -> "2.25." + i).collect(Collectors.joining("\\"));
        byte[] value = (list.length() % 2 == 0 ? list : list + "\0").getBytes(StandardCharsets.US_ASCII);
        // longer than a UI may be in explicit VR: as UN, its length has 32 bits
        return Bytes.element(0x8, 0x18, value.length < 0xFFFF ? "UI" : "UN", value.length, value);
    }

    private byte[] hostileTexts() {
        return Bytes.joined(Bytes.text(0x72, 0x2, "SH", text()), Bytes.text(0x72, 0x4, "LO", text()),
                Bytes.text(0x72, 0x6, "CS", text()), Bytes.text(0x72, 0x8, "LO", text()), Bytes.text(0x72, 0xA, "DT", text()),
                Bytes.text(0x72, 0x10, "LO", text()));
    }

    private byte[] manyItems() {
        Bytes items = Bytes.little();
        int count = random.nextInt(random.nextBoolean() ? 100 : 60_000);
        for (int i = 0; i < count; i++)
            items.u16(0xFFFE).u16(0xE000).u32(0);
        byte[] value = items.array();
        return Bytes.element(0x72, pick(0xC, 0xE, 0x102, 0x20), "SQ", value.length, value);
    }

    private byte[] manyElements() {
        Bytes elements = Bytes.little();
        int count = random.nextInt(20_000);
        for (int i = 0; i < count; i++)
            elements.put(Bytes.element(0x73 + i / 0xFFF, 1 + i % 0xFFF, "LO", 0, nothing()));
        return elements.array();
    }

    private byte[] sameElementAgain() {
        byte[] name = Bytes.text(0x72, 0x2, "SH", "TWICE");
        return Bytes.joined(name, Bytes.element(0x72, 0x14, "US", 2, noise(2)), name, Bytes.text(0x8, 0x18, "UI", "2.25.2"), name);
    }

    private byte[] fragments() {
        Bytes fragments = Bytes.little().put(Bytes.element(0x7FE0, 0x10, "OB", UNDEFINED, nothing()));
        int count = random.nextInt(1_000);
        for (int i = 0; i < count; i++)
            fragments.u16(0xFFFE).u16(0xE000).u32(pick(0, 2, 0x7FFFFFFF)).put(noise(2));
        return fragments.array();
    }

    private byte[] privateElements() {
        return Bytes.joined(Bytes.text(0x99, 0x10, "LO", text()),
                Bytes.element(0x99, 0x1001, "UN", UNDEFINED, noise(random.nextInt(40))));
    }

    private byte[] characterSets() {
        String set = pick("ISO_IR 192", "ISO 2022 IR 87", "GB18030", "ISO_IR 9999", "\\ISO 2022 IR 149", "nonsense", "\\\\\\\\",
                "ISO_IR 13");
        byte[] value = noise(2 * random.nextInt(20));
        return Bytes.joined(Bytes.text(0x8, 0x5, "CS", set), Bytes.element(0x72, 0x2, "SH", value.length, value));
    }

    private byte[] nothing() {
        return new byte[0];
    }

    private byte[] noise(int length) {
        byte[] noise = new byte[length];
        random.nextBytes(noise);
        return noise;
    }

    @SafeVarargs
    private <T> T pick(T... values) {
        return values[random.nextInt(values.length)];
    }
}
