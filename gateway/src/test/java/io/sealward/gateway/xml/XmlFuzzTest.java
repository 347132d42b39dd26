package io.sealward.gateway.xml;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.sealward.gateway.budget.Budget;
import io.sealward.gateway.s3.S3Exception;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/** A document is read as the JDK's parser reads it, however it arrives, and what it held is given back. */
class XmlFuzzTest {
    private static final long ROOM = 1 << 20;

    static Stream<byte[]> seeds() {
        Stream<byte[]> texts = Stream.of(
                        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Delete xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">"
                                + "<Quiet>true</Quiet><Object><Key>a&amp;b&#x20;</Key></Object></Delete>",
                        "\uFEFF<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>&quot;e&quot;</ETag></Part>"
                                + "</CompleteMultipartUpload>",
                        "<a:A xmlns:a=\"urn:a\" a:b='c'><!-- no --><![CDATA[<x>]]>\r\n\ttext</a:A>",
                        "<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>",
                        "<?pi?><a/>",
                        "<a>\u20AC&#128512;</a>",
                        "<a><b/><b></b>between<c d=\"&lt;\"/></a>",
                        "<a>]]></a>",
                        "<a>&#xD83D;&#x16;</a>")
                .map(text -> text.getBytes(UTF_8));
        return Stream.concat(texts, Stream.of(inText(0xC0, 0x96), inText(0xED, 0xA0, 0x80), inText(0xED, 0xB0, 0x80)));
    }

    /** Bytes that are no UTF-8, or only at first sight. */
    private static byte[] inText(int... bytes) {
        ByteArrayOutputStream document = new ByteArrayOutputStream();
        document.writeBytes("<a>".getBytes(UTF_8));
        IntStream.of(bytes).forEach(document::write);
        document.writeBytes("</a>".getBytes(UTF_8));
        return document.toByteArray();
    }

    @MethodSource("seeds")
    @FuzzTest
    void aDocumentHasOneReading(byte[] document) {
        Optional<XmlElement> read = read(document, document.length);
        if (!new String(document, UTF_8)
                .contains("]]>")) { // which a parser that waits for more may let stand in a text
            assertThat(read(document, 1)).isEqualTo(read);
        }
        if (read.isPresent()) {
            Optional<XmlElement> other = readByTheJdk(document);
            other.ifPresent(element -> assertThat(read.get()).isEqualTo(element));
            assertThat(written(read.get())).isEqualTo(read.get());
        }
    }

    private static Optional<XmlElement> read(byte[] document, int piece) {
        Budget budget = new Budget(ROOM);
        try (Budget.Lease memory = budget.lease("")) {
            XmlReader<XmlElement> reader = new XmlReader<>(new XmlTree(memory), memory);
            for (int from = 0; from < document.length; from += piece) {
                reader.read(Unpooled.wrappedBuffer(document, from, Math.min(piece, document.length - from)));
                assertThat(budget.taken()).isLessThan(64 << 10 | 256L * document.length);
            }
            return Optional.of(reader.end());
        } catch (XmlException | S3Exception refused) {
            return Optional.empty();
        } finally {
            assertThat(budget.taken()).isZero();
        }
    }

    /** Written anew and read again: what the store is sent, or a client, of what was read. */
    private static XmlElement written(XmlElement element) {
        try (Budget.Lease memory = new Budget(ROOM).lease("")) {
            XmlWriter writer = new XmlWriter(element.name(), memory);
            if (element.children().isEmpty()) {
                writer.text(element.text());
            }
            element.children().forEach(writer::add);
            List<byte[]> pieces = new ArrayList<>();
            writer.end().pieces().forEachRemaining(piece -> pieces.add(ByteBufUtil.getBytes(piece)));
            return XmlParser.parse(ByteBufUtil.getBytes(Unpooled.wrappedBuffer(pieces.toArray(byte[][]::new))));
        } catch (XmlException e) {
            throw new AssertionError(element.toDocument(), e);
        }
    }

    private static Optional<XmlElement> readByTheJdk(byte[] document) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setNamespaceAware(true);
            factory.setCoalescing(true);
            DocumentBuilder builder = factory.newDocumentBuilder();
            builder.setErrorHandler(new DefaultHandler());
            return Optional.of(
                    element(builder.parse(new ByteArrayInputStream(document)).getDocumentElement()));
        } catch (SAXException | IOException stricter) {
            return Optional.empty();
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static XmlElement element(Element element) {
        List<XmlElement> children = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element inside) {
                children.add(element(inside));
            } else if (child.getNodeType() == Node.TEXT_NODE) {
                text.append(child.getNodeValue());
            }
        }
        return new XmlElement(element.getLocalName(), children.isEmpty() ? text.toString() : "", children);
    }
}
