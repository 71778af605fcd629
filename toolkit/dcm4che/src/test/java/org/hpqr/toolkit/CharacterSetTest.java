package org.hpqr.toolkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import org.dcm4che3.data.SpecificCharacterSet;
import org.dcm4che3.data.VR;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Texts and their bytes by Specific Character Set (0008,0005). Those with several values are of the examples in PS3.5
 * annexes H, I and K; the bytes are written in Latin-1, ~ standing for ESC.
 */
class CharacterSetTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ISO_IR 100                    | LO | B\u00fccher                   | B\u00fccher
            ISO_IR 192                    | LO | B\u00fccher                   | B\u00c3\u00bccher
            GB18030                       | LO | \u738b                        | \u00cd\u00f5
            \\ISO 2022 IR 87              | PN | Yamada^Tarou=\u5c71\u7530^\u592a\u90ce | Yamada^Tarou=~$B;3ED~(B^~$BB@O:~(B
            ISO 2022 IR 13\\ISO 2022 IR 87 | PN | \uff94=\u5c71\u7530          | \u00d4=~$B;3ED~(J
            \\ISO 2022 IR 149             | PN | Hong=\u6d2a^\u5409\u6d1e      | Hong=~$)C\u00fb\u00f3^~$)C\u00d1\u00ce\u00d4\u00d7
            \\ISO 2022 IR 58              | PN | Zhang=\u5f20^\u5c0f\u4e1c     | Zhang=~$)A\u00d5\u00c5^~$)A\u00d0\u00a1\u00b6\u00ab
            """)
    void textsAreEncodedAndDecoded(String codes, VR vr, String text, String bytes) {
        SpecificCharacterSet characterSet = SpecificCharacterSet.valueOf(codes.split("\\\\", -1));
        String expected = bytes.replace('~', '\u001b');
        assertEquals(expected, new String(vr.toBytes(text, characterSet), StandardCharsets.ISO_8859_1));
        assertEquals(text, vr.toStrings(expected.getBytes(StandardCharsets.ISO_8859_1), false, characterSet));
    }

    @ParameterizedTest
    @CsvSource({"B\u00fccher, B?cher", "\u5c71, ?"})
    void theDefaultRepertoireIsAscii(String text, String bytes) {
        assertEquals(bytes, new String(VR.LO.toBytes(text, SpecificCharacterSet.getDefaultCharacterSet()),
                StandardCharsets.ISO_8859_1));
    }
}
