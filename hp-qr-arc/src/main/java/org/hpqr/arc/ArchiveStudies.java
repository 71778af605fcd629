package org.hpqr.arc;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.IDWithIssuer;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.VR;
import org.dcm4che3.net.ApplicationEntity;
import org.dcm4che3.net.Device;
import org.dcm4che3.net.service.DicomServiceException;
import org.dcm4chee.arc.query.Query;
import org.dcm4chee.arc.query.QueryContext;
import org.dcm4chee.arc.query.QueryService;
import org.dcm4chee.arc.query.util.OrderByTag;
import org.dcm4chee.arc.query.util.QueryParam;
import org.dcm4chee.arc.retrieve.RetrieveContext;
import org.dcm4chee.arc.retrieve.RetrieveService;
import org.hpqr.spi.DirectoryUnavailableException;
import org.hpqr.spi.StudyDirectory;
import org.hpqr.spi.WebAudit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The studies of the archive, by its own services: what it hides from an AE title by access control IDs and rejection is not
 * found here either. Of each series, the first instance is read, as for the metadata of PS3.18 10.4.1.1.2.
 */
@ApplicationScoped
public class ArchiveStudies implements StudyDirectory {

    private static final Logger LOG = LoggerFactory.getLogger(ArchiveStudies.class);

    private Device device;
    private QueryService queries;
    private RetrieveService retrieve;

    /** For the container. */
    ArchiveStudies() {
    }

    @Inject
    ArchiveStudies(Device device, QueryService queries, RetrieveService retrieve) {
        this.device = device;
        this.queries = queries;
        this.retrieve = retrieve;
    }

    @Override
    public Optional<PatientStudies> find(String studyInstanceUid, WebAudit.Requestor requestor, int maxPriors, int maxSeries)
            throws DirectoryUnavailableException {
        ApplicationEntity ae = device.getApplicationEntity(requestor.calledAET(), true);
        if (ae == null)
            return Optional.empty();
        try {
            return new Lookup(ae, maxSeries).find(studyInstanceUid, maxPriors);
        } catch (DicomServiceException | RuntimeException e) {
            throw new DirectoryUnavailableException("The archive's studies cannot be queried", e);
        }
    }

    /** For one request. */
    private final class Lookup {

        private final ApplicationEntity ae;
        private int seriesLeft;
        private boolean complete = true;

        Lookup(ApplicationEntity ae, int maxSeries) {
            this.ae = ae;
            seriesLeft = maxSeries;
        }

        Optional<PatientStudies> find(String studyInstanceUid, int maxPriors) throws DicomServiceException {
            List<Attributes> study = instancesOf(studyInstanceUid);
            if (study.isEmpty())
                return Optional.empty();
            List<List<Attributes>> priors = new ArrayList<>();
            for (Attributes prior : priorsOf(study.get(0), studyInstanceUid, maxPriors)) {
                List<Attributes> instances = instancesOf(prior.getString(Tag.StudyInstanceUID));
                if (!instances.isEmpty())
                    priors.add(instances);
            }
            return Optional.of(new PatientStudies(study, priors, complete));
        }

        /** The newest ones before the study; of a study without a date, the newest ones. */
        private List<Attributes> priorsOf(Attributes instance, String studyInstanceUid, int maxPriors) throws DicomServiceException {
            IDWithIssuer patientID = IDWithIssuer.pidOf(instance);
            if (patientID == null || maxPriors <= 0)
                return List.of();
            Attributes keys = new Attributes();
            String date = instance.getString(Tag.StudyDate);
            if (date != null)
                keys.setString(Tag.StudyDate, VR.DA, '-' + date);
            QueryContext context = context(keys, OrderByTag.desc(Tag.StudyDate));
            context.setPatientIDs(patientID);
            // the study itself may be among them
            List<Attributes> found = new ArrayList<>(matches(queries.createStudyQuery(context), maxPriors + 1));
            found.removeIf(study -> studyInstanceUid.equals(study.getString(Tag.StudyInstanceUID)));
            return found.subList(0, Math.min(maxPriors, found.size()));
        }

        private List<Attributes> instancesOf(String studyInstanceUid) throws DicomServiceException {
            List<Attributes> instances = new ArrayList<>();
            if (seriesLeft <= 0)
                return instances;
            Attributes keys = new Attributes();
            keys.setString(Tag.StudyInstanceUID, VR.UI, studyInstanceUid);
            for (Attributes series : matches(queries.createSeriesQuery(context(keys, OrderByTag.asc(Tag.SeriesNumber))), seriesLeft)) {
                instances.add(instanceOf(studyInstanceUid, series));
                seriesLeft--;
            }
            return instances;
        }

        private Attributes instanceOf(String studyInstanceUid, Attributes series) throws DicomServiceException {
            String seriesInstanceUid = series.getString(Tag.SeriesInstanceUID);
            Attributes keys = new Attributes();
            keys.setString(Tag.StudyInstanceUID, VR.UI, studyInstanceUid);
            keys.setString(Tag.SeriesInstanceUID, VR.UI, seriesInstanceUid);
            List<Attributes> first = matches(queries.createInstanceQuery(context(keys, OrderByTag.asc(Tag.InstanceNumber))), 1);
            Attributes known = first.isEmpty() ? series : first.get(0);
            Attributes metadata = first.isEmpty() ? null
                    : metadata(studyInstanceUid, seriesInstanceUid, known.getString(Tag.SOPInstanceUID));
            complete &= metadata != null;
            return metadata == null ? known : metadata;
        }

        /** All attributes but the pixels, as the archive has them now; {@code null} if the object cannot be read. */
        private Attributes metadata(String studyInstanceUid, String seriesInstanceUid, String sopInstanceUid) {
            try (RetrieveContext context = retrieve.newRetrieveContext(ae.getAETitle(), studyInstanceUid, seriesInstanceUid, sopInstanceUid)) {
                if (!retrieve.calculateMatches(context))
                    return null;
                Attributes metadata = new Attributes(retrieve.loadMetadata(context, context.getMatches().get(0)));
                metadata.addAll(context.getMatches().get(0).getAttributes());
                metadata.remove(Tag.PixelData);
                return metadata;
            } catch (Exception e) {
                LOG.warn("The metadata of an instance of a study cannot be read; using its attributes in the archive's database", e);
                return null;
            }
        }

        private QueryContext context(Attributes keys, OrderByTag order) {
            QueryContext context = queries.newQueryContext(ae, new QueryParam(ae));
            context.setQueryKeys(keys);
            context.setOrderByTags(List.of(order));
            return context;
        }

        private static List<Attributes> matches(Query query, int limit) throws DicomServiceException {
            try (query) {
                List<Attributes> matches = new ArrayList<>();
                query.executeQuery(limit, 0, limit);
                while (matches.size() < limit && query.hasMoreMatches()) {
                    // null: rejected by a rule that the archive's database does not know
                    Attributes match = query.nextMatch();
                    if (match != null)
                        matches.add(match);
                }
                return matches;
            }
        }
    }
}
