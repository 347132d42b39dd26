package io.sealward.gateway.xml;

import java.io.ByteArrayInputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Reads small XML documents from anybody: no DTD, no entities beyond the five of XML, bounded depth and number of
 * elements. The caller bounds the bytes.
 */
public final class XmlParser {
    private static final int MAX_DEPTH = 16;
    private static final int MAX_ELEMENTS = 200_000;

    private XmlParser() {}

    /** The document is not XML, or more than is read here. */
    public static final class XmlException extends Exception {
        private static final long serialVersionUID = 1L;

        XmlException(String message) {
            super(message, null, false, false);
        }
    }

    private static final class Open {
        private final String name;
        private final StringBuilder text = new StringBuilder();
        private final List<XmlElement> children = new ArrayList<>();

        Open(String name) {
            this.name = name;
        }

        XmlElement close() {
            return new XmlElement(name, children.isEmpty() ? text.toString() : "", children);
        }
    }

    /** Reads a whole document and returns its root. */
    public static XmlElement parse(byte[] document) throws XmlException {
        try {
            return read(newFactory().createXMLStreamReader(new ByteArrayInputStream(document)));
        } catch (XMLStreamException | RuntimeException e) { // the JDK's reader throws some faults unchecked
            throw new XmlException("not well-formed XML");
        }
    }

    static XMLInputFactory newFactory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        return factory;
    }

    private static XmlElement read(XMLStreamReader reader) throws XMLStreamException, XmlException {
        Deque<Open> open = new ArrayDeque<>();
        Optional<XmlElement> root = Optional.empty();
        int elements = 0;
        while (reader.hasNext()) {
            switch (reader.next()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    if (++elements > MAX_ELEMENTS || open.size() == MAX_DEPTH) {
                        throw new XmlException("more elements than any S3 document has");
                    }
                    open.push(new Open(reader.getLocalName()));
                }
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> {
                    if (!open.isEmpty()) {
                        open.peek().text.append(reader.getText());
                    }
                }
                case XMLStreamConstants.END_ELEMENT -> {
                    XmlElement closed = open.pop().close();
                    if (open.isEmpty()) {
                        root = Optional.of(closed); // and on, to where it is known that nothing follows
                    } else {
                        open.peek().children.add(closed);
                    }
                }
                case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE ->
                    throw new XmlException("a document type is not accepted");
                default -> {}
            }
        }
        return root.orElseThrow(() -> new XmlException("no element"));
    }
}
