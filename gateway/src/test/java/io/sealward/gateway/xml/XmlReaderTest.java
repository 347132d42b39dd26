package io.sealward.gateway.xml;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.Unpooled;
import io.sealward.gateway.budget.Budget;
import io.sealward.gateway.s3.S3Error;
import io.sealward.gateway.s3.S3Exception;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class XmlReaderTest {
    private static final int PIECE = 64 << 10;

    private final Budget budget = new Budget(64 << 20);
    private final Budget.Lease memory = budget.lease("proj_1");
    private final List<String> children = new ArrayList<>();

    /** Keeps the names of the children only. */
    private final class Names implements XmlDocument<String> {
        @Override
        public void root(String name) {}

        @Override
        public void child(XmlElement child) {
            children.add(child.name());
        }

        @Override
        public String end(String text) {
            return text;
        }
    }

    private String read(byte[] document, int piece) throws XmlException {
        XmlReader<String> reader = new XmlReader<>(new Names(), memory);
        for (int at = 0; at < document.length; at += piece) {
            reader.read(Unpooled.wrappedBuffer(document, at, Math.min(piece, document.length - at)));
        }
        return reader.end();
    }

    private String read(String document) throws XmlException {
        return read(document.getBytes(UTF_8), PIECE);
    }

    /** The parser itself passes over one inside of a character that is cut there. */
    @ParameterizedTest
    @ValueSource(ints = {1, 100})
    void aNulIsRefusedWhereverItStands(int piece) {
        byte[] document = "<r><!-- c --><K a='b'>\u00fc\u20ac\ud83d\ude00<![CDATA[<]]></K></r>\n".getBytes(UTF_8);
        for (int at = 0; at <= document.length; at++) {
            byte[] withNul = new byte[document.length + 1];
            System.arraycopy(document, 0, withNul, 0, at);
            System.arraycopy(document, at, withNul, at + 1, document.length - at);
            assertThatThrownBy(() -> read(withNul, piece)).as("at %s", at).isInstanceOf(XmlException.class);
        }
    }

    @Test
    void wherePiecesEndMakesNoDifference() throws Exception {
        String document = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<r xmlns=\"http://x\">\r\n<!-- c -->"
                + "<K a='b'>\u00fc\u20ac\ud83d\ude00 &amp;&#x20ac;<![CDATA[<]]>]]</K><e/></r>\n";
        XmlElement whole = XmlParser.parse(document.getBytes(UTF_8));
        assertThat(whole.value("K")).contains("\u00fc\u20ac\ud83d\ude00 &\u20ac<]]");
        byte[] bytes = document.getBytes(UTF_8);
        for (int piece = 1; piece < bytes.length; piece++) {
            XmlReader<XmlElement> reader = new XmlReader<>(new XmlTree(memory), memory);
            for (int at = 0; at < bytes.length; at += piece) {
                reader.read(Unpooled.wrappedBuffer(bytes, at, Math.min(piece, bytes.length - at)));
            }
            assertThat(reader.end()).as("pieces of %s", piece).isEqualTo(whole);
        }
    }

    @Test
    void ofADocumentThatIsReadNothingIsKeptButTheParser() throws Exception {
        String object = "<Object><Key>" + "k".repeat(1000) + "</Key></Object>\n";
        read("<Delete>" + object.repeat(8000) + "</Delete>");
        assertThat(children).hasSize(8000);
        assertThat(budget.taken()).isLessThan(64 << 10);
    }

    /** Takes plain children, and keeps how they came. */
    private static final class Plain implements XmlDocument<List<String>> {
        private final List<String> came = new ArrayList<>();

        @Override
        public void root(String name) {}

        @Override
        public PlainChildren plainChildren() {
            return (bytes, from, to) -> {
                String child = new String(bytes, from, to - from, UTF_8);
                return !child.contains("refused") && came.add(child);
            };
        }

        @Override
        public void child(XmlElement child) {
            came.add("parsed " + child.name() + " " + child.text());
        }

        @Override
        public List<String> end(String text) {
            return came;
        }
    }

    @Test
    void plainChildrenAreTakenAsTheyAreWhereTheParserIsBetweenChildren() throws Exception {
        String document = "<?xml version=\"1.0\"?><r a='>'><a>1</a><b>refused</b><!-- > <a>2</a> --><a>3</a>"
                + "<c d='>'>4</c><a>5</a><![CDATA[><a>6</a>]]><a>7</a> <a>8</a><e/><a>9</a></r>";
        assertThat(plain(document, PIECE))
                .containsExactly(
                        "<a>1</a>",
                        "parsed b refused",
                        "parsed a 3",
                        "parsed c 4",
                        "<a>5</a>",
                        "parsed a 7",
                        "parsed a 8",
                        "parsed e ",
                        "<a>9</a>");
        for (int piece = 1; piece < document.length(); piece++) {
            assertThat(plain(document, piece)).as("pieces of %s", piece).hasSize(9);
        }
        assertThatThrownBy(() -> plain("<r><a>1</a></r", PIECE)).isInstanceOf(XmlException.class);
        assertThatThrownBy(() -> plain("<r><a>1</a><a>2</a></s>", PIECE)).isInstanceOf(XmlException.class);
    }

    private List<String> plain(String document, int piece) throws XmlException {
        byte[] bytes = document.getBytes(UTF_8);
        XmlReader<List<String>> reader = new XmlReader<>(new Plain(), memory);
        for (int at = 0; at < bytes.length; at += piece) {
            reader.read(Unpooled.wrappedBuffer(bytes, at, Math.min(piece, bytes.length - at)));
        }
        return reader.end();
    }

    @Test
    void whitespaceCostsNothing() throws Exception {
        assertThatThrownBy(() -> read(" ".repeat(8 << 20) + "<a/>")).isInstanceOf(XmlException.class);
        read("<a><b/>" + " ".repeat(8 << 20) + "</a>");
        assertThat(budget.taken()).isLessThan(64 << 10);
    }

    @Test
    void aChildThatDoesNotFitIsRefused() {
        String document = "<a><b>" + "<c>x</c>".repeat(150_000);
        Budget.Lease little = new Budget(1 << 20).lease("proj_1");
        XmlReader<XmlElement> reader = new XmlReader<>(new XmlTree(little), little);
        assertThatThrownBy(() -> reader.read(Unpooled.copiedBuffer(document, UTF_8)))
                .isInstanceOfSatisfying(
                        S3Exception.class, e -> assertThat(e.error()).isEqualTo(S3Error.SLOW_DOWN));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5})
    void whatNoS3DocumentHasIsRefusedBeforeItCosts(int kind) {
        String long_ = "x".repeat(1 << 20);
        String many = IntStream.range(0, 100_000).mapToObj(i -> "<n" + i + "/>").collect(Collectors.joining());
        String attributes =
                IntStream.range(0, 100_000).mapToObj(i -> " n" + i + "=''").collect(Collectors.joining());
        String document =
                switch (kind) {
                    case 0 -> "<" + long_;
                    case 1 -> "<a " + long_;
                    case 2 -> "<a b='" + long_;
                    case 3 -> "<a>" + many;
                    case 4 -> "<a" + attributes;
                    default -> "<a><b>" + long_;
                };
        assertThatThrownBy(() -> read(document)).isInstanceOf(XmlException.class);
        assertThat(budget.taken()).isLessThan(128 << 10);
    }

    @Test
    void eachPieceOfASocketReadIsReadWhenItComesAndNoMoreThanThat() throws Exception {
        String child = "<Object><Key>k</Key></Object>";
        String root = "<Delete>";
        byte[] document = (root + child.repeat(66_000)).getBytes(UTF_8);
        XmlReader<String> reader = new XmlReader<>(new Names(), memory);
        for (int at = 0; at < document.length; at += PIECE) {
            int end = Math.min(at + PIECE, document.length);
            reader.read(Unpooled.wrappedBuffer(document, at, end - at));
            assertThat(children).hasSize((end - root.length()) / child.length());
        }
        assertThat(children).hasSize(66_000);
    }
}
