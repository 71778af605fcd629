package org.hpqr.store.iod;

import static org.hpqr.store.iod.Condition.absent;
import static org.hpqr.store.iod.IodAttribute.attribute;
import static org.hpqr.store.iod.IodAttribute.sequence;
import static org.hpqr.store.iod.Type.TYPE_1;
import static org.hpqr.store.iod.Type.TYPE_1C;
import static org.hpqr.store.iod.Type.TYPE_2;
import static org.hpqr.store.iod.Type.TYPE_3;

import java.util.List;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.VR;

/** Hanging Protocol Environment Module, PS3.3 Tables C.23.2-1 and C.23.2-2. */
final class HangingProtocolEnvironmentModule {

    /** A number of type US that says how many there are of something. */
    static final ValueRule POSITIVE = ValueRule.between(1, 0xFFFF);

    private static final List<IodAttribute> SCREEN = List.of(
            attribute(Tag.NumberOfVerticalPixels, VR.US, TYPE_1).with(POSITIVE),
            attribute(Tag.NumberOfHorizontalPixels, VR.US, TYPE_1).with(POSITIVE),
            attribute(Tag.DisplayEnvironmentSpatialPosition, VR.FD, TYPE_1).vm("4"),
            attribute(Tag.ScreenMinimumGrayscaleBitDepth, VR.US, TYPE_1C, absent(Tag.ScreenMinimumColorBitDepth))
                    .with(POSITIVE),
            attribute(Tag.ScreenMinimumColorBitDepth, VR.US, TYPE_1C, absent(Tag.ScreenMinimumGrayscaleBitDepth))
                    .with(POSITIVE),
            attribute(Tag.ApplicationMaximumRepaintTime, VR.US, TYPE_3).with(POSITIVE));

    static final List<IodAttribute> TABLE = List.of(
            attribute(Tag.NumberOfScreens, VR.US, TYPE_2),
            sequence(Tag.NominalScreenDefinitionSequence, TYPE_2, "0-n", SCREEN));

    private HangingProtocolEnvironmentModule() {
    }
}
