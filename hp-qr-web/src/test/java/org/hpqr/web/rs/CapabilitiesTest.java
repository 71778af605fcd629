package org.hpqr.web.rs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.dcm4che3.data.Attributes;
import org.hpqr.query.FindIdentifier;
import org.hpqr.spi.HpSettings.UnknownValues;
import org.hpqr.testkit.standard.Clause;
import org.hpqr.web.search.QueryString;
import org.hpqr.web.search.SearchRequest;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** PS3.18 8.9, Annex H: what the service says of itself is so. */
class CapabilitiesTest {

    private static final String BASE = "http://h/hp-qr/aets/HPQR/rs";

    private final Capabilities capabilities = new Capabilities(BASE);

    @Clause({"PS3.18 8.9", "PS3.18 Annex H"})
    @Test
    void wadlNamesEachTransaction() throws Exception {
        Document wadl = wadl();
        assertEquals("http://wadl.dev.java.net/2009/02", wadl.getDocumentElement().getNamespaceURI());
        assertEquals(List.of("OPTIONS RetrieveCapabilities", "GET SearchHangingProtocols", "POST StoreHangingProtocols",
                "GET RetrieveHangingProtocol", "POST StoreHangingProtocol", "DELETE DeleteHangingProtocol",
                "POST RetireHangingProtocol", "POST RestoreHangingProtocol", "POST CopyHangingProtocol", "GET HangingProtocolPicture",
                "GET HangingProtocolInWords", "GET ValidateHangingProtocol", "GET HangingProtocolHistory", "GET RetrieveReplacedHangingProtocol",
                "GET ReplacedHangingProtocolPicture", "GET ReplacedHangingProtocolInWords", "POST UndoReplacement",
                "GET SearchRetiredHangingProtocols", "POST ExplainQuery", "GET RecentFinds",
                "POST ApplicableHangingProtocols"),
                elements(wadl, "method").stream().map(method -> method.getAttribute("name") + ' ' + method.getAttribute("id")).toList());
        assertEquals(BASE, elements(wadl, "resources").get(0).getAttribute("base"));
        assertEquals(List.of("", "hanging-protocols", "{uid}", "retire", "restore", "copy", "layout.svg", "layout", "validation", "history", "{number}",
                "layout.svg", "layout", "restore", "retired-hanging-protocols", "explain", "recent", "applicable"),
                elements(wadl, "resource").stream().map(resource -> resource.getAttribute("path")).toList());
    }

    /** Every query parameter that is named is understood: none is ignored, and none leads to a warning. */
    @Clause("PS3.18 8.9")
    @Test
    void everyParameterIsUnderstood() throws Exception {
        List<String> names = elements(wadl(), "param").stream().filter(param -> param.getAttribute("style").equals("query"))
                .map(param -> param.getAttribute("name")).toList();
        assertTrue(names.containsAll(SearchRequest.parameterNames()));
        // those of the picture and of the selection are no keys
        List<String> keys = names.stream().filter(name -> !SearchRequest.parameterNames().contains(name))
                .filter(name -> !List.of("accept", "group", "lang", "thumbnail").contains(name))
                .filter(name -> !ApplicableParameters.NAMES.contains(name)).toList();
        assertTrue(keys.contains("HangingProtocolDefinitionSequence.AnatomicRegionSequence.CodeValue"), keys::toString);
        for (String key : keys) {
            SearchRequest request = SearchRequest.parse(QueryString.parse(key + "=1"), 1_000);
            assertEquals(List.of(), request.warnings(), key);
            Attributes nothing = new Attributes();
            assertTrue(FindIdentifier.of(request.identifier(), UnknownValues.STRICT, 1_000).respond(nothing, "HPQR").isEmpty(), key);
        }
    }

    @Clause("PS3.18 8.9")
    @Test
    void mediaTypesAreThoseOfTheTransactions() throws Exception {
        Element retrieve = elements(wadl(), "method").get(3);
        List<String> accepted = elements(retrieve, "option").stream().map(option -> option.getAttribute("value")).toList();
        assertEquals(SupportedTypes.RETRIEVE.stream().map(Object::toString).toList(), accepted);
    }

    /** 8.3.3.1: the parameter that stands for the header field. */
    @Clause({"PS3.18 8.9", "PS3.18 8.3.3.1"})
    @Test
    void whatIsNegotiatedHasTheAcceptParameter() throws Exception {
        for (String id : List.of("RetrieveCapabilities", "SearchHangingProtocols", "RetrieveHangingProtocol", "ValidateHangingProtocol",
                "HangingProtocolHistory", "RetrieveReplacedHangingProtocol", "SearchRetiredHangingProtocols"))
            assertTrue(parameters(id, "query").contains("accept"), id);
    }

    /** A method that has conditions can fail for them, and no other method. */
    @Clause("RFC 9110 15.5.13")
    @Test
    void conditionsAndTheirStatusGoTogether() throws Exception {
        for (Element method : elements(wadl(), "method")) {
            List<String> statuses = elements(method, "response").stream().map(response -> response.getAttribute("status")).toList();
            List<String> fields = parameters(method.getAttribute("id"), "header");
            assertEquals(fields.contains("If-Match") || fields.contains("If-None-Match"), statuses.contains("412"), method.getAttribute("id"));
            assertEquals(method.getAttribute("name").matches("GET|OPTIONS") && fields.contains("If-None-Match"), statuses.contains("304"),
                    method.getAttribute("id"));
        }
    }

    private List<String> parameters(String id, String style) throws Exception {
        Element method = elements(wadl(), "method").stream().filter(each -> each.getAttribute("id").equals(id)).findFirst().orElseThrow();
        return elements(method, "param").stream().filter(param -> param.getAttribute("style").equals(style))
                .map(param -> param.getAttribute("name")).toList();
    }

    @Clause("PS3.18 Annex G")
    @Test
    void jsonSaysTheSame() throws Exception {
        JsonObject json = Json.createReader(new ByteArrayInputStream(capabilities.toJson())).readObject();
        JsonObject resources = json.getJsonObject("application").getJsonArray("resources").getJsonObject(0);
        assertEquals(BASE, resources.getString("@base"));
        JsonObject search = resources.getJsonArray("resource").getJsonObject(1).getJsonArray("method").getJsonObject(0);
        assertEquals("SearchHangingProtocols", search.getString("@id"));
        assertEquals(elements(elements(wadl(), "request").get(1), "param").size(),
                search.getJsonArray("request").getJsonObject(0).getJsonArray("param").size());
    }

    @Clause("RFC 9110 8.8.3")
    @Test
    void theTagChangesWithTheContent() {
        assertEquals(capabilities.etag(), new Capabilities(BASE).etag());
        assertNotEquals(capabilities.etag(), new Capabilities(BASE + '2').etag());
    }

    private Document wadl() throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        return factory.newDocumentBuilder().parse(new ByteArrayInputStream(capabilities.toWadl()));
    }

    private static List<Element> elements(Document document, String name) {
        return elements(document.getDocumentElement(), name);
    }

    private static List<Element> elements(Element holder, String name) {
        NodeList nodes = holder.getElementsByTagName(name);
        return IntStream.range(0, nodes.getLength()).mapToObj(i -> (Element) nodes.item(i)).toList();
    }
}
