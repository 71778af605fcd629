package org.hpqr.installer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApplicationDescriptorTest {

    private static final List<String> OURS = List.of("hp-qr-ejb.jar", "hp-qr-arc.jar", "hp-qr-web.war");
    private static final String MODULE = "<module><ejb>a.jar</ejb></module>";

    @ParameterizedTest(name = "[{index}] {0}")
    @ValueSource(strings = {
            "<application>" + MODULE + "</application>",
            "<application>\r\n  " + MODULE + "\r\n</application>\r\n",
            "<?xml version='1.0' encoding='UTF-8'?>\n<!-- d\u00e9ploy\u00e9 -->\n<application xmlns='https://jakarta.ee/xml/ns/jakartaee'>"
                    + MODULE + "</application>",
            "<application>" + MODULE + "<!-- <module>never</module> --></application>",
            "<application>" + MODULE + "<!--></module>--></application>",
            "<application>" + MODULE + "<display-name><![CDATA[</module>]]></display-name></application>",
            "<application><module id='m'><web><web-uri>a.jar</web-uri><context-root>/</context-root></web></module></application>",
    })
    @DisplayName("adds modules after the last one, and takes them out again byte for byte")
    void addsAndTakesOut(String xml) throws Exception {
        ApplicationDescriptor original = descriptor(xml);
        ApplicationDescriptor edited = original.with(OURS);

        assertEquals(List.of("a.jar", "hp-qr-ejb.jar", "hp-qr-arc.jar", "hp-qr-web.war"), edited.modules());
        assertArrayEquals(xml.getBytes(StandardCharsets.UTF_8), edited.without().bytes());
        assertArrayEquals(edited.bytes(), edited.with(OURS).bytes(), "adding twice is adding once");
    }

    @Test
    @DisplayName("a WAR becomes a web module under /hp-qr, everything else an EJB module")
    void kinds() throws Exception {
        String edited = new String(descriptor("<application>" + MODULE + "</application>").with(OURS).bytes(), StandardCharsets.UTF_8);
        assertTrue(edited.replaceAll("\\s", "").contains("<module><ejb>hp-qr-arc.jar</ejb></module><module><web>"
                + "<web-uri>hp-qr-web.war</web-uri><context-root>/hp-qr</context-root></web></module>"), edited);
    }

    @Test
    @DisplayName("replaces what an older installer added")
    void replaces() throws Exception {
        ApplicationDescriptor original = descriptor("<application>" + MODULE + "</application>");
        ApplicationDescriptor edited = original.with(List.of("hp-qr-old.jar")).with(OURS);
        assertArrayEquals(original.with(OURS).bytes(), edited.bytes());
    }

    @Test
    @DisplayName("knows the modules of every kind and the name of the application")
    void reads() throws Exception {
        ApplicationDescriptor descriptor = descriptor(SyntheticEar.descriptor("5.34.3", "secure"));
        assertEquals("dcm4chee-arc", descriptor.applicationName());
        assertEquals(List.of("dcm4chee-arc-war-5.34.3-secure.war", "dcm4chee-arc-service-5.34.3.jar",
                "dcm4chee-arc-store-5.34.3.jar"), descriptor.modules());
    }

    @ParameterizedTest(name = "[{index}] {0}")
    @ValueSource(strings = {
            "",
            "application",
            "<application>",
            "<web-app/>",
            "<!DOCTYPE application [<!ENTITY e SYSTEM 'file:/etc/passwd'>]><application>&e;</application>",
    })
    @DisplayName("refuses what is not an application descriptor")
    void refusesForeignContent(String xml) {
        RefusedException refusal = assertThrows(RefusedException.class, () -> descriptor(xml));
        assertTrue(refusal.getMessage().contains("META-INF/application.xml"), refusal.getMessage());
    }

    @Test
    @DisplayName("refuses a descriptor without a module, and one in an encoding it cannot edit")
    void refusesWhatItCannotEdit() throws Exception {
        assertThrows(RefusedException.class, () -> descriptor("<application/>").with(OURS));
        ApplicationDescriptor utf16 = new ApplicationDescriptor(
                ("\ufeff<application>" + MODULE + "</application>").getBytes(StandardCharsets.UTF_16BE));
        assertThrows(RefusedException.class, () -> utf16.with(OURS));
    }

    @Test
    @DisplayName("refuses a block that was changed by hand")
    void refusesChangedBlock() throws Exception {
        String edited = new String(descriptor("<application>" + MODULE + "</application>").with(OURS).bytes(),
                StandardCharsets.UTF_8);
        ApplicationDescriptor withoutEnd = descriptor(edited.replace("<!-- hp-qr: end -->", ""));
        assertThrows(RefusedException.class, withoutEnd::without);
        ApplicationDescriptor twice = descriptor(edited.replace("</application>", "\n  <!-- hp-qr: begin --></application>"));
        assertThrows(RefusedException.class, twice::without);
    }

    private static ApplicationDescriptor descriptor(String xml) throws RefusedException {
        return new ApplicationDescriptor(xml.getBytes(StandardCharsets.UTF_8));
    }
}
