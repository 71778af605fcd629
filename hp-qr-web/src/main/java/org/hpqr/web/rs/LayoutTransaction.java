package org.hpqr.web.rs;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.json.spi.JsonProvider;
import jakarta.json.stream.JsonGenerator;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.dcm4che3.data.Attributes;
import org.hpqr.picture.Language;
import org.hpqr.picture.LayoutPicture;
import org.hpqr.picture.LayoutPicture.Detail;
import org.hpqr.picture.LayoutWords;
import org.hpqr.status.HpFailure;
import org.hpqr.web.search.InvalidQueryException;

/** What a protocol shows where, as a picture and in words. An extension: PS3.18 chapter 12 has no rendered resources. */
@Dependent
class LayoutTransaction {

    static final String SVG = "image/svg+xml";
    /** A picture is looked at in a page, or by itself: by itself, too, nothing in it may run or load anything. */
    private static final String NOTHING_ALLOWED = "default-src 'none'; sandbox";
    private static final JsonProvider JSON = JsonProvider.provider();

    @Inject
    private WebOperations operations;

    /**
     * Parameters of a request.
     *
     * @param group     {@code group}: number of the presentation group; {@code null}: the first one
     * @param language  {@code lang}, or else the header Accept-Language
     * @param detail    {@code thumbnail}: true for a small picture
     */
    private record Parameters(Integer group, Language language, Detail detail) {

        static Parameters of(ServiceRequest request) throws WebFailure {
            try {
                String group = request.query().single("group").orElse(null);
                String language = request.query().single("lang").orElse(request.http().getHeader("Accept-Language"));
                boolean thumbnail = request.query().single("thumbnail").map("true"::equals).orElse(false);
                return new Parameters(group == null ? null : Integer.valueOf(group), Language.of(language),
                        thumbnail ? Detail.THUMBNAIL : Detail.FULL);
            } catch (NumberFormatException e) {
                throw new WebFailure(WebFailure.BAD_REQUEST, "group is not a number");
            } catch (InvalidQueryException e) {
                throw new WebFailure(WebFailure.BAD_REQUEST, e.getMessage());
            }
        }

        /** What the answer depends on beside the protocol. */
        String tag() {
            return group + "-" + language.tag() + '-' + detail.ordinal();
        }
    }

    /** What is made of a protocol. */
    private interface Rendering {
        String of(Attributes protocol) throws WebFailure;
    }

    /**
     * The picture of a presentation group.
     *
     * @param replaced number of a replaced content; {@code null}: the protocol as it is
     */
    Response picture(ServiceRequest request, String uid, Long replaced) throws WebFailure, HpFailure {
        Parameters parameters = Parameters.of(request);
        return answer(request, uid, replaced, parameters, SVG, protocol -> {
            LayoutPicture picture = LayoutPicture.of(protocol);
            return picture.svg(group(picture.groups(), parameters), parameters.language(), parameters.detail());
        });
    }

    private static int group(List<Integer> groups, Parameters parameters) throws WebFailure {
        if (parameters.group() == null)
            return groups.isEmpty() ? 1 : groups.get(0);
        if (!groups.contains(parameters.group()))
            throw new WebFailure(WebFailure.NOT_FOUND, "The hanging protocol has no such presentation group");
        return parameters.group();
    }

    /** Title and sentences of each presentation group; parameters as of {@link #picture}. */
    Response words(ServiceRequest request, String uid, Long replaced) throws WebFailure, HpFailure {
        Parameters parameters = Parameters.of(request);
        return answer(request, uid, replaced, parameters, "application/json", protocol -> toJson(LayoutWords.of(protocol, parameters.language())));
    }

    private static String toJson(LayoutWords words) {
        StringWriter json = new StringWriter();
        try (JsonGenerator out = JSON.createGenerator(json)) {
            out.writeStartObject().writeStartArray("groups");
            for (int group : words.groups()) {
                out.writeStartObject().write("number", group).write("title", words.title(group)).writeStartArray("sentences");
                words.sentences(group).forEach(out::write);
                out.writeEnd();
                RecordJson.write(out, "displaySets", words.displaySets(group));
                out.writeEnd();
            }
            out.writeEnd();
            RecordJson.write(out, "imageSets", words.imageSets());
            RecordJson.write(out, "screens", words.screens());
            words.partialData().ifPresent(sentence -> out.write("partialData", sentence));
            out.writeEnd();
        }
        return json.toString();
    }

    private Response answer(ServiceRequest request, String uid, Long replaced, Parameters parameters, String type, Rendering rendering)
            throws WebFailure, HpFailure {
        Representation found = operations.representation(uid, replaced, request);
        EntityTag tag = new EntityTag(found.digest() + '-' + parameters.tag());
        Response.ResponseBuilder response = Conditions.notModified(request.http(), tag);
        if (response == null) {
            String text = rendering.of(WebOperations.decoded(found.contents().read()));
            response = Response.ok(text.getBytes(StandardCharsets.UTF_8), type + ";charset=UTF-8")
                    .header("Content-Security-Policy", NOTHING_ALLOWED);
        }
        return response.tag(tag).header(HttpHeaders.VARY, RequestFilter.VARY + ", " + HttpHeaders.ACCEPT_LANGUAGE).build();
    }
}
