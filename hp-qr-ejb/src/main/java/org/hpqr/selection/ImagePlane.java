package org.hpqr.selection;

import java.util.List;
import java.util.Optional;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;

/**
 * The plane of an image: the category IMAGE_PLANE of a filter, PS3.3 C.23.3.1.1. By the normal of Image Orientation (Patient):
 * the axis that it is nearest to, unless it is nearer to none than the threshold, then it is oblique. Of projections by Patient
 * Orientation: the first letter of row and column.
 */
enum ImagePlane {
    SAGITTAL, CORONAL, TRANSVERSE, OBLIQUE;

    /** Least cosine of the angle between normal and axis: 25.8 degrees, the tilt of a gantry is still transverse. */
    static final double THRESHOLD = 0.9;

    private static final int NORMAL_COMPONENTS = 3;

    /** What an image says of its orientation; not present if it says nothing, not readable if it says nonsense. */
    record Found(boolean present, ImagePlane plane, String text) {
    }

    static Found of(Image image) {
        Optional<List<String>> orientation = orientation(image);
        if (orientation.isPresent()) {
            double[] normal = normal(orientation.get());
            String text = String.join("\\", orientation.get());
            return new Found(true, normal == null ? null : of(normal), text);
        }
        List<String> letters = Elements.textsByNumber(image.instance(), Tag.PatientOrientation);
        return letters.isEmpty() ? new Found(false, null, null) : new Found(true, of(letters), String.join("\\", letters));
    }

    /** Image Orientation (Patient) of the image, or of its frame in the Plane Orientation Functional Group. */
    static Optional<List<String>> orientation(Image image) {
        return values(image, Tag.PlaneOrientationSequence, Tag.ImageOrientationPatient);
    }

    /** Image Position (Patient) of the image, or of its frame in the Plane Position Functional Group. */
    static Optional<List<String>> position(Image image) {
        return values(image, Tag.PlanePositionSequence, Tag.ImagePositionPatient);
    }

    private static Optional<List<String>> values(Image image, int functionalGroup, int tag) {
        List<String> own = Elements.textsByNumber(image.instance(), tag);
        if (!own.isEmpty())
            return Optional.of(own);
        for (Attributes groups : image.functionalGroups())
            for (Attributes group : Elements.items(groups, functionalGroup)) {
                List<String> values = Elements.textsByNumber(group, tag);
                if (!values.isEmpty())
                    return Optional.of(values);
            }
        return Optional.empty();
    }

    /** Row cross column, of length 1; {@code null} if these are not six numbers of two different directions. */
    static double[] normal(List<String> orientation) {
        double[] c = numbers(orientation, 2 * NORMAL_COMPONENTS);
        if (c == null)
            return null;
        double x = c[1] * c[5] - c[2] * c[4];
        double y = c[2] * c[3] - c[0] * c[5];
        double z = c[0] * c[4] - c[1] * c[3];
        double length = Math.sqrt(x * x + y * y + z * z);
        return length > 0 && Double.isFinite(length) ? new double[] {x / length, y / length, z / length} : null;
    }

    /** {@code null} if these are not so many numbers. */
    static double[] numbers(List<String> texts, int count) {
        if (texts.size() != count)
            return null;
        double[] numbers = new double[count];
        try {
            for (int i = 0; i < count; i++)
                numbers[i] = Double.parseDouble(texts.get(i));
        } catch (NumberFormatException e) {
            return null;
        }
        return numbers;
    }

    private static ImagePlane of(double[] normal) {
        for (int axis = 0; axis < NORMAL_COMPONENTS; axis++)
            if (Math.abs(normal[axis]) >= THRESHOLD)
                return values()[axis];
        return OBLIQUE;
    }

    private static ImagePlane of(List<String> letters) {
        if (letters.size() != 2)
            return null;
        int row = axis(letters.get(0));
        int column = axis(letters.get(1));
        // the plane is that of the third axis
        return row < 0 || column < 0 || row == column ? null : values()[NORMAL_COMPONENTS - row - column];
    }

    /** 0: right to left, 1: front to back, 2: foot to head; -1: none of a human. */
    private static int axis(String direction) {
        return direction.isEmpty() ? -1 : switch (direction.charAt(0)) {
            case 'R', 'L' -> 0;
            case 'A', 'P' -> 1;
            case 'H', 'F' -> 2;
            default -> -1;
        };
    }
}
