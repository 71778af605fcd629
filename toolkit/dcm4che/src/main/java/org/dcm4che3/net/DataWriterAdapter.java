package org.dcm4che3.net;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Objects;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.UID;
import org.dcm4che3.io.DicomOutputStream;

/** Writes a data set to an association. Supplied because the fork's does not pad deflated data sets (PS3.5 A.5). */
public class DataWriterAdapter implements DataWriter {

    private final Attributes data;

    public DataWriterAdapter(Attributes data) {
        this.data = Objects.requireNonNull(data);
    }

    /** {@code null} for {@code null}. */
    public static DataWriterAdapter forAttributes(Attributes data) {
        return data == null ? null : new DataWriterAdapter(data);
    }

    @Override
    public void writeTo(PDVOutputStream out, String tsuid) throws IOException {
        if (!UID.DeflatedExplicitVRLittleEndian.equals(tsuid)) {
            write(out, tsuid);
            return;
        }
        Counting deflated = new Counting(out);
        write(deflated, tsuid);
        if (deflated.count % 2 != 0)
            out.write(0);
    }

    private void write(OutputStream to, String tsuid) throws IOException {
        DicomOutputStream out = new DicomOutputStream(to, tsuid);
        out.writeDataset(null, data);
        out.finish();
    }

    public final Attributes getDataset() {
        return data;
    }

    private static final class Counting extends FilterOutputStream {

        private long count;

        private Counting(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int b) throws IOException {
            out.write(b);
            count++;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
            count += length;
        }
    }
}
