package org.hpqr.arc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.IDWithIssuer;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.VR;
import org.dcm4che3.net.Device;
import org.dcm4chee.arc.query.Query;
import org.dcm4chee.arc.query.QueryContext;
import org.dcm4chee.arc.query.QueryService;
import org.dcm4chee.arc.retrieve.RetrieveContext;
import org.dcm4chee.arc.retrieve.RetrieveService;
import org.dcm4chee.arc.store.InstanceLocations;
import org.hpqr.spi.DirectoryUnavailableException;
import org.hpqr.spi.StudyDirectory.PatientStudies;
import org.hpqr.spi.WebAudit.Requestor;
import org.hpqr.testkit.archive.ArchiveDevice;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The archive's query and retrieve services are played here; what they really do was tried in the archive. */
class ArchiveStudiesTest {

    private static final int UNLIMITED = 100;

    private final Device device = ArchiveDevice.create("dcm4chee-arc", 11112);
    /** What the archive has: one data set an instance. */
    private final List<Attributes> instances = new ArrayList<>();
    private final Set<String> unreadable = new HashSet<>();
    private int open;
    private boolean down;
    private final ArchiveStudies studies = new ArchiveStudies(device, queries(), retrieve());

    @BeforeEach
    void fill() {
        ArchiveDevice.addAE(device, "DCM4CHEE");
        add("P1", "1.1", "20200101", "1.1.1", "1.1.1.1");
        add("P1", "1.2", "20210101", "1.2.1", "1.2.1.1");
        add("P1", "1.2", "20210101", "1.2.2", "1.2.2.1");
        add("P1", "1.2", "20210101", "1.2.2", "1.2.2.2");
        add("P1", "1.3", "20190101", "1.3.1", "1.3.1.1");
        add("P1", "1.4", "20220101", "1.4.1", "1.4.1.1");
        add("P2", "2.1", "20200101", "2.1.1", "2.1.1.1");
    }

    private void add(String patient, String study, String date, String series, String instance) {
        Attributes attributes = new Attributes();
        attributes.setString(Tag.PatientID, VR.LO, patient);
        attributes.setString(Tag.StudyInstanceUID, VR.UI, study);
        attributes.setString(Tag.StudyDate, VR.DA, date);
        attributes.setString(Tag.SeriesInstanceUID, VR.UI, series);
        attributes.setString(Tag.SOPInstanceUID, VR.UI, instance);
        instances.add(attributes);
    }

    @Test
    @DisplayName("the first instance of each series, and the patient's studies before it, the newest first")
    void studyAndPriors() throws Exception {
        PatientStudies found = find("1.2", UNLIMITED, UNLIMITED).orElseThrow();
        assertEquals(List.of("1.2.1.1", "1.2.2.1"), uids(found.study()));
        assertEquals(List.of(List.of("1.1.1.1"), List.of("1.3.1.1")), found.priors().stream().map(ArchiveStudiesTest::uids).toList());
        assertTrue(found.complete());
        assertEquals("all of it", found.study().get(0).getString(Tag.ImageComments), "the object itself was read");
        assertFalse(found.study().get(0).contains(Tag.PixelData));
        assertEquals(0, open, "everything is closed");
    }

    @Test
    @DisplayName("no more priors and series than are asked for: the study first, then its newest prior")
    void limits() throws Exception {
        assertEquals(List.of(), find("1.2", 0, UNLIMITED).orElseThrow().priors());
        assertEquals(1, find("1.2", 1, UNLIMITED).orElseThrow().priors().size());
        PatientStudies found = find("1.2", UNLIMITED, 3).orElseThrow();
        assertEquals(2, found.study().size());
        assertEquals(List.of(List.of("1.1.1.1")), found.priors().stream().map(ArchiveStudiesTest::uids).toList());
    }

    @Test
    @DisplayName("an object that cannot be read is replaced by what the archive's database has, which is not complete")
    void unreadable() throws Exception {
        unreadable.add("1.2.2.1");
        PatientStudies found = find("1.2", UNLIMITED, UNLIMITED).orElseThrow();
        assertEquals(List.of("1.2.1.1", "1.2.2.1"), uids(found.study()));
        assertFalse(found.complete());
        assertEquals(0, open);
    }

    @Test
    @DisplayName("a study that the archive does not have, or an AE title it does not have, is none")
    void unknown() throws Exception {
        assertEquals(Optional.empty(), find("9.9", UNLIMITED, UNLIMITED));
        assertEquals(Optional.empty(), studies.find("1.2", new Requestor(null, "192.0.2.7", "NOBODY"), UNLIMITED, UNLIMITED));
    }

    @Test
    @DisplayName("a database that does not answer is told")
    void databaseDown() {
        down = true;
        assertThrows(DirectoryUnavailableException.class, () -> find("1.2", UNLIMITED, UNLIMITED));
    }

    private Optional<PatientStudies> find(String study, int maxPriors, int maxSeries) throws DirectoryUnavailableException {
        return studies.find(study, new Requestor("anna", "192.0.2.7", "DCM4CHEE"), maxPriors, maxSeries);
    }

    private static List<String> uids(List<Attributes> instances) {
        return instances.stream().map(instance -> instance.getString(Tag.SOPInstanceUID)).toList();
    }

    private QueryService queries() {
        return proxy(QueryService.class, (proxy, method, arguments) -> switch (method.getName()) {
            case "newQueryContext" -> new Context().proxy();
            case "createStudyQuery" -> new Matches((Context) Proxy.getInvocationHandler(arguments[0]), Tag.StudyInstanceUID).proxy();
            case "createSeriesQuery" -> new Matches((Context) Proxy.getInvocationHandler(arguments[0]), Tag.SeriesInstanceUID).proxy();
            default -> new Matches((Context) Proxy.getInvocationHandler(arguments[0]), Tag.SOPInstanceUID).proxy();
        });
    }

    private final class Context implements InvocationHandler {

        private Attributes keys;
        private String patientID;

        QueryContext proxy() {
            return ArchiveStudiesTest.proxy(QueryContext.class, this);
        }

        @Override
        public Object invoke(Object proxy, java.lang.reflect.Method method, Object[] arguments) {
            switch (method.getName()) {
                case "setQueryKeys" -> keys = (Attributes) arguments[0];
                case "setPatientIDs" -> patientID = ((IDWithIssuer[]) arguments[0])[0].getID();
                default -> {
                    // the matches below come in the order that is asked for
                }
            }
            return null;
        }
    }

    /** Distinct by the attribute of the level, the newest first. */
    private final class Matches implements InvocationHandler {

        private final Context context;
        private final int level;
        private Iterator<Attributes> found;

        Matches(Context context, int level) {
            this.context = context;
            this.level = level;
        }

        Query proxy() {
            open++;
            return ArchiveStudiesTest.proxy(Query.class, this);
        }

        @Override
        public Object invoke(Object proxy, java.lang.reflect.Method method, Object[] arguments) {
            if (down)
                throw new IllegalStateException("no connection");
            return switch (method.getName()) {
                case "executeQuery" -> {
                    Set<String> seen = new HashSet<>();
                    found = instances.stream().filter(this::matches).filter(each -> seen.add(each.getString(level)))
                            .sorted(Comparator.comparing((Attributes each) -> each.getString(Tag.StudyDate)).reversed())
                            .limit((int) arguments[2]).iterator();
                    yield null;
                }
                case "hasMoreMatches" -> found.hasNext();
                case "nextMatch" -> found.next();
                default -> {
                    open--;
                    yield null;
                }
            };
        }

        private boolean matches(Attributes instance) {
            String date = context.keys.getString(Tag.StudyDate);
            return (context.patientID == null || context.patientID.equals(instance.getString(Tag.PatientID)))
                    && (date == null || instance.getString(Tag.StudyDate).compareTo(date.substring(1)) <= 0)
                    && List.of(Tag.StudyInstanceUID, Tag.SeriesInstanceUID).stream().allMatch(tag -> !context.keys.contains(tag)
                            || context.keys.getString(tag).equals(instance.getString(tag)));
        }
    }

    private RetrieveService retrieve() {
        return proxy(RetrieveService.class, (proxy, method, arguments) -> switch (method.getName()) {
            case "newRetrieveContext" -> retrieveContext((String) arguments[3]);
            case "calculateMatches" -> true;
            default -> {
                Attributes metadata = new Attributes(((InstanceLocations) arguments[1]).getAttributes());
                if (unreadable.contains(metadata.getString(Tag.SOPInstanceUID)))
                    throw new IOException("no such file");
                metadata.setString(Tag.ImageComments, VR.LT, "all of it");
                metadata.setBytes(Tag.PixelData, VR.OW, new byte[2]);
                yield metadata;
            }
        });
    }

    private RetrieveContext retrieveContext(String sopInstanceUid) {
        open++;
        Attributes instance = instances.stream().filter(each -> each.getString(Tag.SOPInstanceUID).equals(sopInstanceUid)).findFirst().get();
        InstanceLocations match = proxy(InstanceLocations.class, (proxy, method, arguments) -> instance);
        return proxy(RetrieveContext.class, (proxy, method, arguments) -> {
            if (method.getName().equals("getMatches"))
                return List.of(match);
            open--;
            return null;
        });
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(ArchiveStudiesTest.class.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
