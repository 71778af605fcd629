package org.hpqr.web.rs;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.dcm4che3.data.Attributes;
import org.hpqr.dataset.Implementation;
import org.hpqr.picture.Language;
import org.hpqr.picture.LayoutPicture;
import org.hpqr.picture.LayoutPicture.Detail;
import org.hpqr.picture.LayoutWords;
import org.hpqr.picture.LayoutWords.Part;
import org.hpqr.status.HpFailure;
import org.hpqr.web.search.InvalidQueryException;

/** What a protocol shows where, as a picture and in words. An extension: PS3.18 chapter 12 has no rendered resources. */
@Dependent
class LayoutTransaction {

    static final String SVG = "image/svg+xml";
    /** A picture is looked at in a page, or by itself: by itself, too, nothing in it may run or load anything. */
    private static final String NOTHING_ALLOWED = "default-src 'none'; sandbox";

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

        /** What the answer depends on beside the protocol: another version may draw it differently. */
        String tag() {
            return Implementation.VERSION_NAME + '-' + group + "-" + language.tag() + '-' + detail.ordinal();
        }
    }

    /** A protocol in words. */
    private record Description(List<Group> groups, List<Part> imageSets, List<String> screens, String partialData) {

        static Description of(LayoutWords words) {
            return new Description(words.groups().stream().map(group -> Group.of(group, words)).toList(), words.imageSets(),
                    words.screens(), words.partialData().orElse(null));
        }
    }

    /** A presentation group in words. */
    private record Group(int number, String title, List<String> sentences, List<Part> displaySets) {

        static Group of(int number, LayoutWords words) {
            return new Group(number, words.title(number), words.sentences(number), words.displaySets(number));
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
        return answer(request, uid, replaced, parameters, "application/json", protocol ->
                RecordJson.text(Description.of(LayoutWords.of(protocol, parameters.language()))));
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
