package org.hpqr.dataset;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.ElementDictionary;
import org.dcm4che3.data.Fragments;
import org.dcm4che3.data.Sequence;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.VR;
import org.dcm4che3.io.DicomInputHandler;
import org.dcm4che3.io.DicomInputStream;

/** Reads a data set as the decoder does by itself, and stops where limits are exceeded. */
final class LimitedReading implements DicomInputHandler {

    private static final int UNDEFINED = -1;
    private static final int TAG_LENGTH = 4;
    /** The value at fault is looked for among so many. */
    private static final int MAX_SUSPECTS = 100;

    private final byte[] dataset;
    private final DecodingLimits limits;
    private final List<Suspect> suspects = new ArrayList<>();
    private int items;

    /** @param dataset what is read */
    LimitedReading(byte[] dataset, DecodingLimits limits) {
        this.dataset = dataset;
        this.limits = limits;
    }

    /**
     * A value of undefined length that the decoder takes for a sequence though its VR does not say so.
     *
     * @param position of the value
     */
    private record Suspect(int tag, int position) {
    }

    /** The element that makes the data set unreadable as its value is no sequence but fragments. */
    OptionalInt encapsulated() {
        return suspects.stream().filter(suspect -> CanonicalEncoding.isFragments(dataset, suspect.position))
                .mapToInt(Suspect::tag).findFirst();
    }

    @Override
    public void readValue(DicomInputStream in, Attributes attributes) throws IOException {
        if (in.tag() == Tag.SpecificCharacterSet && !in.vr().isStringType())
            throw new MalformedDatasetException("Specific Character Set is not text", null);
        if (in.vr() == VR.SQ && in.length() == UNDEFINED && !in.bigEndian() && !isDeclared(in) && suspects.size() < MAX_SUSPECTS)
            suspects.add(new Suspect(in.tag(), (int) in.getPosition()));
        in.readValue(in, attributes);
    }

    @Override
    public void readValue(DicomInputStream in, Sequence sequence) throws IOException {
        if (in.level() > limits.depth())
            throw new MalformedDatasetException("more than " + limits.depth() + " sequences within each other", null);
        count();
        in.readValue(in, sequence);
    }

    private boolean isDeclared(DicomInputStream in) {
        int vr = (int) in.getTagPosition() + TAG_LENGTH;
        return in.explicitVR() ? dataset[vr] == 'S' && dataset[vr + 1] == 'Q' : ElementDictionary.vrOf(in.tag(), null) == VR.SQ;
    }

    @Override
    public void readValue(DicomInputStream in, Fragments fragments) throws IOException {
        count();
        in.readValue(in, fragments);
    }

    private void count() throws MalformedDatasetException {
        if (++items > limits.items())
            throw new MalformedDatasetException("more than " + limits.items() + " items", null);
    }

    @Override
    public void startDataset(DicomInputStream in) throws IOException {
        in.startDataset(in);
    }

    @Override
    public void endDataset(DicomInputStream in) throws IOException {
        in.endDataset(in);
    }
}
