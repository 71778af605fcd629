package org.hpqr.arc;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.util.AttributesFormat;
import org.dcm4chee.arc.conf.ArchiveAEExtension;
import org.hpqr.status.CauseText;
import org.hpqr.status.HpFailure;
import org.hpqr.status.HpStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The archive's store permission service, asked for a hanging protocol as the archive asks it for an instance of a study:
 * a GET of Store Permission Service URL, or, without one, the text of Store Permission Service Response; both are made of
 * attributes of the object. What comes back has to match Store Permission Service Response Pattern.
 */
final class StorePermission {

    /** What the archive answers where no Error Comment Pattern says more. */
    static final String NOT_AUTHORIZED = "Not Authorized";

    private static final Logger LOG = LoggerFactory.getLogger(StorePermission.class);
    private static final int TIMEOUT_MILLIS = 10_000;
    /** Bytes of an answer; more are not looked at. */
    private static final int MAX_ANSWER = 65_536;
    private static final String LEGAL_IN_URI = "-._~:/?#[]@!$&'()*+,;=%";

    private StorePermission() {
    }

    /**
     * Returns if the object may be stored.
     *
     * @throws HpFailure 0124, or A700 if the service cannot be asked
     */
    static void check(ArchiveAEExtension ae, Attributes object) throws HpFailure {
        String url = ae.storePermissionServiceURL();
        String text = ae.storePermissionServiceResponse();
        if (url == null && text == null)
            return;
        // formatting decodes values; what is stored and found is not to be touched by that
        Attributes copy = new Attributes(object);
        Pattern expected = ae.storePermissionServiceResponsePattern();
        String answer;
        try {
            answer = url == null ? new AttributesFormat(text).format(copy)
                    : ask(new AttributesFormat(url).format(copy), expected == null);
        } catch (IOException | RuntimeException e) {
            LOG.warn("{}: the store permission service cannot be reached: {}", ae.getApplicationEntity().getAETitle(), CauseText.of(e));
            throw new HpFailure(HpStatus.OUT_OF_RESOURCES, "The store permission service does not answer", e);
        }
        if (answer == null || expected != null && !expected.matcher(answer).find())
            throw new HpFailure(HpStatus.NOT_AUTHORIZED, comment(ae.storePermissionServiceErrorCommentPattern(), answer));
    }

    private static String comment(Pattern pattern, String answer) {
        Matcher matcher = pattern == null || answer == null ? null : pattern.matcher(answer);
        return matcher != null && matcher.find() && matcher.groupCount() > 0 && matcher.group(1) != null
                ? matcher.group(1) : NOT_AUTHORIZED;
    }

    /** The body of 200, the empty text for 204 where any answer will do, {@code null} for all that says no. */
    private static String ask(String url, boolean anyAnswer) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) URI.create(encode(url)).toURL().openConnection();
        connection.setConnectTimeout(TIMEOUT_MILLIS);
        connection.setReadTimeout(TIMEOUT_MILLIS);
        connection.setInstanceFollowRedirects(false);
        try {
            return switch (connection.getResponseCode()) {
                case HttpURLConnection.HTTP_OK -> read(connection);
                case HttpURLConnection.HTTP_NO_CONTENT -> anyAnswer ? "" : null;
                default -> null;
            };
        } finally {
            connection.disconnect();
        }
    }

    private static String read(HttpURLConnection connection) throws IOException {
        try (InputStream in = connection.getInputStream()) {
            return new String(in.readNBytes(MAX_ANSWER), StandardCharsets.UTF_8);
        }
    }

    /** Values of an object may be of any characters. */
    private static String encode(String url) {
        StringBuilder encoded = new StringBuilder();
        for (byte each : url.getBytes(StandardCharsets.UTF_8)) {
            char character = (char) (each & 0xFF);
            if (character < 0x80 && (Character.isLetterOrDigit(character) || LEGAL_IN_URI.indexOf(character) >= 0))
                encoded.append(character);
            else
                encoded.append(String.format("%%%02X", each & 0xFF));
        }
        return encoded.toString();
    }
}
