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
                Element.of("resource", List.of("path", ""), capabilities()),
                Element.of("resource", List.of("path", "hanging-protocols"), search("SearchHangingProtocols", SupportedTypes.SEARCH), store("StoreHangingProtocols", List.of()),
                        Element.of("resource", List.of("path", "{uid}"),
                                Element.of("param", List.of("name", "uid", "style", "template", "required", "true")),
                                retrieve("RetrieveHangingProtocol"), store("StoreHangingProtocol", List.of(HttpHeaders.IF_MATCH, HttpHeaders.IF_NONE_MATCH)), delete(),
                                Element.of("resource", List.of("path", "retire"), change("RetireHangingProtocol")),
                                Element.of("resource", List.of("path", "restore"), change("RestoreHangingProtocol")),
                                Element.of("resource", List.of("path", "copy"), copy()),
                                Element.of("resource", List.of("path", "layout.svg"),
                                        layout("HangingProtocolPicture", LayoutTransaction.SVG, "group", "lang", "thumbnail")),
                                Element.of("resource", List.of("path", "layout"),
                                        layout("HangingProtocolInWords", ResponseType.PLAIN_JSON.mediaType(), "lang")),
                                Element.of("resource", List.of("path", "validation"), reading("ValidateHangingProtocol", SupportedTypes.REASONS)),
                                history())),
                Element.of("resource", List.of("path", "retired-hanging-protocols"),
                        search("SearchRetiredHangingProtocols", SupportedTypes.SEARCH_RETIRED)),
                Element.of("resource", List.of("path", "explain"), explain(),
                        Element.of("resource", List.of("path", "recent"), recentFinds())),
                Element.of("resource", List.of("path", "applicable"), applicable())));
    }

    private static Element capabilities() {
        return Element.of("method", List.of("name", "OPTIONS", "id", "RetrieveCapabilities"),
                Element.of("request", List.of(), header(HttpHeaders.IF_NONE_MATCH), parameter(ACCEPT)),
                responses("200", List.of(ResponseType.WADL.toString(), ResponseType.PLAIN_JSON.toString())),
                status("304"), status("406"), status("412"));
    }

    private static Element search(String id, List<ResponseType> types) {
        Element request = Element.of("request", List.of(), accept(types), parameter(ACCEPT));
        SearchRequest.parameterNames().forEach(name -> request.with(parameter(name)));
        keys("", HangingProtocolModel.ATTRIBUTES).forEach(key -> request.with(parameter(key)));
        return Element.of("method", List.of("name", "GET", "id", id), request,
                responses("200", names(types)), status("204"), status("400"), status("404"), status("406"), status("503"));
    }

    private static Element history() {
        return Element.of("resource", List.of("path", "history"), reading("HangingProtocolHistory", SupportedTypes.HISTORY),
                Element.of("resource", List.of("path", "{number}"),
                        Element.of("param", List.of("name", "number", "style", "template", "required", "true")),
                        retrieve("RetrieveReplacedHangingProtocol"),
                        Element.of("resource", List.of("path", "layout.svg"),
                                layout("ReplacedHangingProtocolPicture", LayoutTransaction.SVG, "group", "lang", "thumbnail")),
                        Element.of("resource", List.of("path", "layout"),
                                layout("ReplacedHangingProtocolInWords", ResponseType.PLAIN_JSON.mediaType(), "lang")),
                        Element.of("resource", List.of("path", "restore"), change("UndoReplacement"))));
    }

    private static Element reading(String id, List<ResponseType> types) {
        return Element.of("method", List.of("name", "GET", "id", id), Element.of("request", List.of(), accept(types), parameter(ACCEPT)),
                responses("200", names(types)), status("400"), status("404"), status("406"), status("503"));
    }

    private static Element retrieve(String id) {
        return Element.of("method", List.of("name", "GET", "id", id),
                Element.of("request", List.of(), accept(SupportedTypes.RETRIEVE), header(HttpHeaders.IF_NONE_MATCH), header(HttpHeaders.IF_MATCH),
                        parameter(ACCEPT)),
                responses("200", names(SupportedTypes.RETRIEVE)), status("304"), status("400"), status("404"), status("406"), status("412"),
                status("503"));
    }

    /** @param conditions header fields, which can fail: 412 */
    private static Element store(String id, List<String> conditions) {
        Element request = Element.of("request", List.of(), accept(SupportedTypes.STORE));
        conditions.forEach(condition -> request.with(header(condition)));
        STORE_TYPES.forEach(type -> request.with(representation(type)));
        Element method = Element.of("method", List.of("name", "POST", "id", id), request);
        for (String status : List.of("200", "400", "409", "413", "503"))
            method.with(responses(status, names(SupportedTypes.STORE)));
        method.with(status("403")).with(status("404")).with(status("406")).with(status("408"));
        if (!conditions.isEmpty())
            method.with(status("412"));
        return method.with(status("415"));
    }

    private static Element delete() {
        return Element.of("method", List.of("name", "DELETE", "id", "DeleteHangingProtocol"),
                Element.of("request", List.of(), ifMatch("true")), status("204"), status("400"), status("403"), status("404"), status("409"),
                status("412"), status("428"), status("503"));
    }

    private static Element change(String id) {
        return Element.of("method", List.of("name", "POST", "id", id),
                Element.of("request", List.of(), header(HttpHeaders.IF_MATCH)), status("204"), status("400"), status("403"), status("404"), status("412"),
                status("503"));
    }

    private static Element copy() {
        return Element.of("method", List.of("name", "POST", "id", "CopyHangingProtocol"),
                Element.of("request", List.of(), accept(SupportedTypes.STORE_RESULT), header(HttpHeaders.IF_MATCH),
                        representation(ResponseType.JSON.toString())),
                responses("201", names(SupportedTypes.STORE_RESULT)), status("400"), status("403"), status("404"), status("406"), status("408"),
                status("412"), status("413"), status("415"), status("503"));
    }

    private static Element layout(String id, String type, String... parameters) {
        Element request = Element.of("request", List.of(), header(HttpHeaders.IF_NONE_MATCH), header(HttpHeaders.IF_MATCH));
        for (String name : parameters)
            request.with(parameter(name));
        return Element.of("method", List.of("name", "GET", "id", id), request,
                responses("200", List.of(type)), status("304"), status("400"), status("404"), status("412"), status("503"));
    }

    private static Element explain() {
        Element request = Element.of("request", List.of());
        SentDatasets.KEY_TYPES.forEach(type -> request.with(representation(type)));
        return Element.of("method", List.of("name", "POST", "id", "ExplainQuery"), request, responses("200", names(SupportedTypes.REASONS)),
                status("400"), status("403"), status("404"), status("406"), status("408"), status("413"), status("415"), status("503"));
    }

    private static Element recentFinds() {
        return Element.of("method", List.of("name", "GET", "id", "RecentFinds"), responses("200", names(SupportedTypes.REASONS)),
                status("403"), status("404"), status("406"));
    }

    private static Element applicable() {
        Element request = Element.of("request", List.of());
        ApplicableParameters.NAMES.forEach(name -> request.with(parameter(name)));
        SentDatasets.METADATA_TYPES.forEach(type -> request.with(representation(type)));
        return Element.of("method", List.of("name", "POST", "id", "ApplicableHangingProtocols"), request,
                responses("200", names(SupportedTypes.REASONS)), status("400"), status("403"), status("404"), status("406"), status("408"),
                status("413"), status("415"), status("501"), status("503"));
    }

    private static Element ifMatch(String required) {
        return Element.of("param", List.of("name", HttpHeaders.IF_MATCH, "style", "header", "required", required));
    }

    private static Element header(String name) {
        return Element.of("param", List.of("name", name, "style", "header", "required", "false"));
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

    private static Element responses(String status, List<String> types) {
        Element response = status(status);
        types.forEach(type -> response.with(representation(type)));
        return response;
    }

    private static Element status(String status) {
        return Element.of("response", List.of("status", status));
    }

    private static Element representation(String type) {
        return Element.of("representation", List.of("mediaType", type));
    }

    private static List<String> names(List<ResponseType> types) {
        return types.stream().map(ResponseType::toString).toList();
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
