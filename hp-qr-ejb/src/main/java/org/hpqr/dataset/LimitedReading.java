package org.hpqr.dataset;

import java.io.IOException;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Fragments;
import org.dcm4che3.data.Sequence;
import org.dcm4che3.io.DicomInputHandler;
import org.dcm4che3.io.DicomInputStream;

/** Reads a data set as the decoder does by itself, and stops where limits are exceeded. */
final class LimitedReading implements DicomInputHandler {

    private final DecodingLimits limits;
    private int items;

    LimitedReading(DecodingLimits limits) {
        this.limits = limits;
    }

    @Override
    public void readValue(DicomInputStream in, Attributes attributes) throws IOException {
        in.readValue(in, attributes);
    }

    @Override
    public void readValue(DicomInputStream in, Sequence sequence) throws IOException {
        if (in.level() > limits.depth())
            throw new MalformedDatasetException("more than " + limits.depth() + " sequences within each other", null);
        count();
        in.readValue(in, sequence);
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
