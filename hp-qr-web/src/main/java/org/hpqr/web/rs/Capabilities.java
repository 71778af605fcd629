package org.hpqr.web.rs;

import jakarta.json.spi.JsonProvider;
import jakarta.json.stream.JsonGenerator;
import jakarta.ws.rs.core.HttpHeaders;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.dcm4che3.data.ElementDictionary;
import org.hpqr.information.HangingProtocolModel;
import org.hpqr.information.ModelAttribute;
import org.hpqr.web.media.ResponseType;
import org.hpqr.web.search.SearchRequest;

/** The capabilities of the service (PS3.18 8.9, Annex H), made of the same tables as what they describe. */
final class Capabilities {

    private static final String NAMESPACE = "http://wadl.dev.java.net/2009/02";
    /** The bodies of a store. */
    static final List<String> STORE_TYPES = List.of("application/dicom", "application/dicom+json",
            "application/dicom+xml", "multipart/related; type=\"application/dicom\"",
            "multipart/related; type=\"application/dicom+json\"", "multipart/related; type=\"application/dicom+xml\"", SentInstances.ZIP,
            ResponseType.OHIF.mediaType());

    /** An element of the description. */
    private record Element(String name, Map<String, String> attributes, List<Element> children) {

        static Element of(String name, List<String> attributes, Element... children) {
            Map<String, String> named = new LinkedHashMap<>();
            for (int i = 0; i < attributes.size(); i += 2)
                named.put(attributes.get(i), attributes.get(i + 1));
            return new Element(name, named, new ArrayList<>(List.of(children)));
        }

        Element with(Element child) {
            children.add(child);
            return this;
        }
    }

    /** The query parameter that stands for the header field (PS3.18 8.3.3.1). */
    private static final String ACCEPT = "accept";

    private final Element application;

    /** @param base URI of the service, without a slash at the end */
    Capabilities(String base) {
        application = Element.of("application", List.of(), Element.of("resources", List.of("base", base),
                resource("", capabilities()),
                resource("hanging-protocols",
                        search("SearchHangingProtocols", SupportedTypes.SEARCH), store("StoreHangingProtocols", List.of()),
                        resource("{uid}", template("uid"), retrieve("RetrieveHangingProtocol"),
                                store("StoreHangingProtocol", List.of(HttpHeaders.IF_MATCH, HttpHeaders.IF_NONE_MATCH)), delete(),
                                resource("retire", change("RetireHangingProtocol")),
                                resource("restore", change("RestoreHangingProtocol")),
                                resource("copy", copy()),
                                resource("layout.svg", picture("HangingProtocolPicture")),
                                resource("layout", words("HangingProtocolInWords")),
                                resource("validation", reading("ValidateHangingProtocol", SupportedTypes.REASONS)),
                                resource("history", reading("HangingProtocolHistory", SupportedTypes.HISTORY),
                                        resource("{number}", template("number"), retrieve("RetrieveReplacedHangingProtocol"),
                                                resource("layout.svg", picture("ReplacedHangingProtocolPicture")),
                                                resource("layout", words("ReplacedHangingProtocolInWords")),
                                                resource("restore", change("UndoReplacement")))))),
                resource("retired-hanging-protocols", search("SearchRetiredHangingProtocols", SupportedTypes.SEARCH_RETIRED)),
                resource("explain", explain(), resource("recent", recentFinds())),
                resource("applicable", applicable())));
    }

    private static Element capabilities() {
        return method("OPTIONS", "RetrieveCapabilities", request(header(HttpHeaders.IF_NONE_MATCH), parameter(ACCEPT)),
                responses("200", SupportedTypes.CAPABILITIES), "304", "406", "412");
    }

    private static Element search(String id, List<ResponseType> types) {
        Element request = request(accept(types), parameter(ACCEPT));
        SearchRequest.parameterNames().forEach(name -> request.with(parameter(name)));
        keys("", HangingProtocolModel.ATTRIBUTES).forEach(key -> request.with(parameter(key)));
        return method("GET", id, request, responses("200", types), "204", "400", "404", "406", "503");
    }

    private static Element reading(String id, List<ResponseType> types) {
        return method("GET", id, request(accept(types), parameter(ACCEPT)), responses("200", types), "400", "404", "406", "503");
    }

    private static Element retrieve(String id) {
        return method("GET", id, request(accept(SupportedTypes.RETRIEVE), header(HttpHeaders.IF_NONE_MATCH), header(HttpHeaders.IF_MATCH),
                parameter(ACCEPT)), responses("200", SupportedTypes.RETRIEVE), "304", "400", "404", "406", "412", "503");
    }

    /** @param conditions header fields, which can fail: 412 */
    private static Element store(String id, List<String> conditions) {
        Element request = request(accept(SupportedTypes.STORE));
        conditions.forEach(condition -> request.with(header(condition)));
        STORE_TYPES.forEach(type -> request.with(representation(type)));
        Element method = method("POST", id, request, responses("200", SupportedTypes.STORE));
        for (String status : List.of("400", "409", "413", "503"))
            method.with(responses(status, SupportedTypes.STORE));
        method.with(status("403")).with(status("404")).with(status("406")).with(status("408"));
        if (!conditions.isEmpty())
            method.with(status("412"));
        return method.with(status("415"));
    }

    private static Element delete() {
        return method("DELETE", "DeleteHangingProtocol", request(header(HttpHeaders.IF_MATCH, true)), status("204"),
                "400", "403", "404", "409", "412", "428", "503");
    }

    private static Element change(String id) {
        return method("POST", id, request(header(HttpHeaders.IF_MATCH)), status("204"), "400", "403", "404", "412", "503");
    }

    private static Element copy() {
        return method("POST", "CopyHangingProtocol", request(accept(SupportedTypes.STORE_RESULT), header(HttpHeaders.IF_MATCH),
                representation(ResponseType.JSON.toString())), responses("201", SupportedTypes.STORE_RESULT),
                "400", "403", "404", "406", "408", "412", "413", "415", "503");
    }

    private static Element picture(String id) {
        return layout(id, LayoutTransaction.SVG, "group", "lang", "thumbnail");
    }

    private static Element words(String id) {
        return layout(id, ResponseType.PLAIN_JSON.mediaType(), "lang");
    }

    private static Element layout(String id, String type, String... parameters) {
        Element request = request(header(HttpHeaders.IF_NONE_MATCH), header(HttpHeaders.IF_MATCH));
        for (String name : parameters)
            request.with(parameter(name));
        return method("GET", id, request, status("200").with(representation(type)), "304", "400", "404", "412", "503");
    }

    private static Element explain() {
        Element request = request();
        SentDatasets.KEY_TYPES.forEach(type -> request.with(representation(type)));
        return method("POST", "ExplainQuery", request, responses("200", SupportedTypes.REASONS),
                "400", "403", "404", "406", "408", "413", "415", "503");
    }

    private static Element recentFinds() {
        return Element.of("method", List.of("name", "GET", "id", "RecentFinds"), responses("200", SupportedTypes.REASONS),
                status("403"), status("404"), status("406"));
    }

    private static Element applicable() {
        Element request = request();
        ApplicableParameters.NAMES.forEach(name -> request.with(parameter(name)));
        SentDatasets.METADATA_TYPES.forEach(type -> request.with(representation(type)));
        return method("POST", "ApplicableHangingProtocols", request, responses("200", SupportedTypes.REASONS),
                "400", "403", "404", "406", "408", "413", "415", "501", "503");
    }

    private static Element resource(String path, Element... children) {
        return Element.of("resource", List.of("path", path), children);
    }

    /** @param others statuses of the other answers, which have no representation */
    private static Element method(String name, String id, Element request, Element answer, String... others) {
        Element method = Element.of("method", List.of("name", name, "id", id), request, answer);
        for (String status : others)
            method.with(status(status));
        return method;
    }

    private static Element request(Element... children) {
        return Element.of("request", List.of(), children);
    }

    private static Element template(String name) {
        return Element.of("param", List.of("name", name, "style", "template", "required", "true"));
    }

    private static Element header(String name) {
        return header(name, false);
    }

    private static Element header(String name, boolean required) {
        return Element.of("param", List.of("name", name, "style", "header", "required", String.valueOf(required)));
    }

    /** Every matching key, by keywords with dots between them. */
    private static List<String> keys(String prefix, List<ModelAttribute> attributes) {
        List<String> keys = new ArrayList<>();
        for (ModelAttribute attribute : attributes)
            if (attribute.isMatchingKey()) {
                String name = prefix + ElementDictionary.keywordOf(attribute.tag(), null);
                if (attribute.isSequence())
                    keys.addAll(keys(name + '.', attribute.items()));
                else
                    keys.add(name);
            }
        return keys;
    }

    private static Element parameter(String name) {
        return Element.of("param", List.of("name", name, "style", "query"));
    }

    private static Element accept(List<ResponseType> types) {
        Element accept = Element.of("param", List.of("name", "Accept", "style", "header", "default", types.get(0).toString()));
        types.forEach(type -> accept.with(Element.of("option", List.of("value", type.toString()))));
        return accept;
    }

    private static Element responses(String status, List<ResponseType> types) {
        Element response = status(status);
        types.forEach(type -> response.with(representation(type.toString())));
        return response;
    }

    private static Element status(String status) {
        return Element.of("response", List.of("status", status));
    }

    private static Element representation(String type) {
        return Element.of("representation", List.of("mediaType", type));
    }

    /** As WADL. */
    byte[] toWadl() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(out, "UTF-8");
            xml.writeStartDocument("UTF-8", "1.0");
            write(xml, application);
            xml.writeEndDocument();
            xml.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("writing to memory failed", e);
        }
        return out.toByteArray();
    }

    private void write(XMLStreamWriter xml, Element element) throws XMLStreamException {
        xml.writeStartElement(element.name());
        if (element == application)
            xml.writeDefaultNamespace(NAMESPACE);
        for (Map.Entry<String, String> attribute : element.attributes().entrySet())
            xml.writeAttribute(attribute.getKey(), attribute.getValue());
        for (Element child : element.children())
            write(xml, child);
        xml.writeEndElement();
    }

    /** As JSON: attributes with an at sign before their names, children in arrays. */
    byte[] toJson() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator json = JsonProvider.provider().createGenerator(out)) {
            json.writeStartObject().writeStartObject(application.name());
            write(json, application);
            json.writeEnd().writeEnd();
        }
        return out.toByteArray();
    }

    private static void write(JsonGenerator json, Element element) {
        element.attributes().forEach((name, value) -> json.write('@' + name, value));
        Map<String, List<Element>> byName = element.children().stream()
                .collect(Collectors.groupingBy(Element::name, LinkedHashMap::new, Collectors.toList()));
        byName.forEach((name, children) -> {
            json.writeStartArray(name);
            for (Element child : children) {
                json.writeStartObject();
                write(json, child);
                json.writeEnd();
            }
            json.writeEnd();
        });
    }

    /** A validator of both forms: it changes with what they say. */
    String etag() {
        return Integer.toHexString(Arrays.hashCode(toWadl()));
    }
}
