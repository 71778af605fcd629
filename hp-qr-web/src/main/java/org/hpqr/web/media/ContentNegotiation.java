package org.hpqr.web.media;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Chooses the media type of a response (PS3.18 8.7.8.1). */
public final class ContentNegotiation {

    private static final Set<String> RENDERED = Set.of("image/jpeg", "image/gif", "image/png", "image/jp2", "image/jph",
            "image/jxl", "video/mpeg", "video/mp4", "video/h265", "text/html", "text/plain", "text/xml", "text/rtf",
            "application/pdf");

    private ContentNegotiation() {
    }

    /** The client mixes DICOM and rendered media types (PS3.18 8.7.4): 400. */
    public static final class MixedTypesException extends Exception {
        private static final long serialVersionUID = 1L;
    }

    /**
     * Chooses.
     *
     * @param queryAccept  value of the query parameter {@code accept}, decoded; {@code null} if there is none
     * @param headerAccept values of the Accept header fields
     * @param supported    by the resource, the default first
     * @return empty if none is acceptable: 406
     */
    public static Optional<ResponseType> choose(String queryAccept, List<String> headerAccept, List<ResponseType> supported)
            throws MixedTypesException {
        if (queryAccept == null && headerAccept.size() == 1)
            for (ResponseType type : supported)
                // nothing to weigh
                if (type.partType() == null && type.mediaType().equals(headerAccept.get(0)))
                    return Optional.of(type);
        List<MediaType> query = queryAccept == null ? List.of() : MediaType.parseList(queryAccept);
        List<MediaType> header = headerAccept.stream().flatMap(value -> MediaType.parseList(value).stream()).toList();
        checkKinds(query);
        checkKinds(header);
        Optional<ResponseType> chosen = best(query, supported);
        if (chosen.isEmpty())
            chosen = best(header, supported);
        if (chosen.isEmpty() && isCovered(header, supported.get(0)))
            chosen = Optional.of(supported.get(0));
        return chosen;
    }

    private static void checkKinds(List<MediaType> accepted) throws MixedTypesException {
        boolean dicom = accepted.stream().anyMatch(ContentNegotiation::isDicom);
        if (dicom && accepted.stream().anyMatch(type -> RENDERED.contains(type.name())))
            throw new MixedTypesException();
    }

    private static boolean isDicom(MediaType type) {
        String name = type.name().equals("multipart/related") ? type.partType() : type.name();
        return name.startsWith("application/dicom");
    }

    private static Optional<ResponseType> best(List<MediaType> accepted, List<ResponseType> supported) {
        List<MediaType> byWeight = new ArrayList<>(accepted);
        // stable: of equal weight the first
        byWeight.sort(Comparator.comparingDouble(MediaType::weight).reversed());
        for (MediaType type : byWeight)
            if (type.weight() > 0)
                for (ResponseType candidate : supported)
                    if (candidate.is(type))
                        return Optional.of(candidate);
        return Optional.empty();
    }

    private static boolean isCovered(List<MediaType> accepted, ResponseType type) {
        return accepted.stream().noneMatch(refused -> refused.weight() == 0 && type.is(refused))
                && accepted.stream().anyMatch(range -> range.isRange() && range.weight() > 0 && range.covers(type.mediaType()));
    }
}
