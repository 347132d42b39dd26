package io.sealward.gateway.xml;

import static java.util.stream.Collectors.joining;

import java.util.List;
import java.util.Optional;

/**
 * An element of a small document. Attributes and namespaces, which S3 puts no meaning in, are left out.
 *
 * @param name the local name
 * @param text the text directly inside; empty where there are children
 */
public record XmlElement(String name, String text, List<XmlElement> children) {
    /** What one takes in memory beside its text: an estimate from above. */
    static final long BYTES = 128;

    public XmlElement {
        children = List.copyOf(children);
    }

    public static XmlElement text(String name, String text) {
        return new XmlElement(name, text, List.of());
    }

    public static XmlElement of(String name, List<XmlElement> children) {
        return new XmlElement(name, "", children);
    }

    /** The children of that name, in order. */
    public List<XmlElement> all(String child) {
        return children.stream().filter(c -> c.name().equals(child)).toList();
    }

    /** The text of the first child of that name. */
    public Optional<String> value(String child) {
        return children.stream()
                .filter(c -> c.name().equals(child))
                .map(XmlElement::text)
                .findFirst();
    }

    /** What it takes in memory, with all that is in it: an estimate from above. */
    public long bytes() {
        long bytes = BYTES + 2L * text.length();
        for (XmlElement child : children) { // of each entry of a listing: a stream takes longer than reading it
            bytes += child.bytes();
        }
        return bytes;
    }

    /** The whole document, with the S3 namespace on this element. */
    public String toDocument() {
        return toDocument("http://s3.amazonaws.com/doc/2006-03-01/");
    }

    /** The whole document, with a namespace on this element. */
    public String toDocument(String namespace) {
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<" + name + " xmlns=\"" + namespace + "\">" + content()
                + "</" + name + ">";
    }

    private String content() {
        return children.isEmpty()
                ? XmlText.escape(text)
                : children.stream()
                        .map(c -> "<" + c.name() + ">" + c.content() + "</" + c.name() + ">")
                        .collect(joining());
    }
}
