package org.hpqr.query;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.UID;
import org.dcm4che3.data.VR;
import org.hpqr.dataset.DatasetCodec;
import org.hpqr.spi.HpSettings.UnknownValues;
import org.hpqr.status.HpFailure;
import org.hpqr.information.StoredAttributes;

/** What tests of a C-FIND do again and again. */
final class Finds {

    static final String CALLED = "HPARC";
    static final int MAX_KEYS = 256;

    private Finds() {
    }

    /** A request or object, written down as code. */
    static Attributes with(Consumer<Attributes> content) {
        Attributes attributes = new Attributes();
        content.accept(attributes);
        return attributes;
    }

    /** Puts a sequence of items written down as code. */
    @SafeVarargs
    @SuppressWarnings("varargs")
    static void items(Attributes holder, int tag, Consumer<Attributes>... items) {
        var sequence = holder.newSequence(tag, items.length);
        Arrays.stream(items).map(Finds::with).forEach(sequence::add);
    }

    /** A request with one text key. */
    static Attributes key(int tag, VR vr, String... values) {
        return with(request -> request.setString(tag, vr, values));
    }

    /** What arrives on the other side of a network or comes back from the database: encoded and decoded again. */
    static Attributes received(Attributes sent) {
        try {
            return DatasetCodec.decode(DatasetCodec.encode(sent, UID.ExplicitVRLittleEndian), UID.ExplicitVRLittleEndian);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Attributes stored(Attributes object) {
        try {
            return StoredAttributes.decode(StoredAttributes.encode(received(object)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static FindIdentifier identifier(Attributes request) throws HpFailure {
        return FindIdentifier.of(received(request), UnknownValues.STRICT, MAX_KEYS);
    }

    static FindIdentifier lenient(Attributes request) throws HpFailure {
        return FindIdentifier.of(received(request), UnknownValues.LENIENT, MAX_KEYS);
    }

    static Optional<Attributes> respond(Attributes request, Attributes object) throws HpFailure {
        return identifier(request).respond(stored(object), CALLED);
    }

    static boolean matches(Attributes request, Attributes object) throws HpFailure {
        return respond(request, object).isPresent();
    }

    /** The response to a request that matches, as the peer receives it. */
    static Attributes response(Attributes request, Attributes object) throws HpFailure {
        return received(respond(request, object).orElseThrow(() -> new AssertionError("no match")));
    }

    static HpFailure refusal(Attributes request) {
        return assertThrows(HpFailure.class, () -> identifier(request));
    }

    static List<Attributes> responses(Attributes request, List<Attributes> objects) throws HpFailure {
        FindIdentifier identifier = identifier(request);
        List<Attributes> responses = new ArrayList<>();
        for (Attributes object : objects)
            identifier.respond(stored(object), CALLED).map(Finds::received).ifPresent(responses::add);
        return responses;
    }
}
