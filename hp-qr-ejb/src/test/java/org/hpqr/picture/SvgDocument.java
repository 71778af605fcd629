package org.hpqr.picture;

import java.io.StringReader;
import java.util.List;
import java.util.stream.IntStream;

import javax.xml.parsers.DocumentBuilderFactory;

import org.hpqr.picture.LayoutPicture.Detail;
import org.dcm4che3.data.Attributes;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** A picture, read again by an XML parser: what is not well-formed fails. */
final class SvgDocument {

    private final Document document;

    private SvgDocument(Document document) {
        this.document = document;
    }

    static SvgDocument of(Attributes protocol) throws Exception {
        return of(protocol, 1, Language.ENGLISH, Detail.FULL);
    }

    static SvgDocument of(Attributes protocol, int group, Language language, Detail detail) throws Exception {
        return parse(LayoutPicture.of(protocol).svg(group, language, detail));
    }

    static SvgDocument parse(String svg) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        return new SvgDocument(factory.newDocumentBuilder().parse(new InputSource(new StringReader(svg))));
    }

    Element root() {
        return document.getDocumentElement();
    }

    /** All elements of a name, in the order in which they are drawn. */
    List<Element> all(String name) {
        NodeList nodes = document.getElementsByTagNameNS("http://www.w3.org/2000/svg", name);
        return IntStream.range(0, nodes.getLength()).mapToObj(i -> (Element) nodes.item(i)).toList();
    }

    /** The groups of a class: {@code screen}, {@code box}, {@code outside}, {@code scrolling}. */
    List<Element> groups(String ofClass) {
        return all("g").stream().filter(g -> List.of(g.getAttribute("class").split(" ")).contains(ofClass)).toList();
    }

    /** The rectangle of a group. */
    static Rectangle rectangle(Element group) {
        Element rect = first(group, "rect");
        double x = number(rect, "x");
        double y = number(rect, "y");
        return new Rectangle(x, y, x + number(rect, "width"), y + number(rect, "height"));
    }

    static Element first(Element group, String name) {
        return (Element) group.getElementsByTagNameNS("http://www.w3.org/2000/svg", name).item(0);
    }

    static double number(Element element, String attribute) {
        return Double.parseDouble(element.getAttribute(attribute));
    }

    static String title(Element group) {
        return first(group, "title").getTextContent();
    }

    List<String> texts() {
        return all("text").stream().map(Element::getTextContent).toList();
    }
}
