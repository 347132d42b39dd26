package io.sealward.gateway.xml;

import com.fasterxml.aalto.AsyncByteArrayFeeder;
import com.fasterxml.aalto.AsyncXMLStreamReader;
import com.fasterxml.aalto.stax.InputFactoryImpl;
import io.netty.buffer.ByteBuf;
import io.sealward.gateway.budget.Budget;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;

/**
 * Reads a document from anybody, piece by piece, and keeps nothing of it but the child of the root that is under way: UTF-8,
 * no DTD, no entities beyond the five of XML, no processing instructions; depth, names, tokens, texts and the number of
 * elements that it parses are bounded. The caller bounds the bytes. What it holds is taken from a lease; a call takes no longer than its
 * bytes are worth.
 *
 * @param <T> what the document becomes
 */
public final class XmlReader<T> {
    private static final int MAX_DEPTH = 16;
    private static final int MAX_ELEMENTS = 200_000;

    /** Of elements, attributes and prefixes: the parser looks each up in a table whose hash anybody can reckon. */
    private static final int MAX_NAMES = 256;

    private static final int MAX_NAME_CHARS = 256;
    private static final int MAX_TEXT_CHARS = 16 << 10;
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    /** Long enough that few plain children are cut, which are parsed. */
    private static final int STEP_BYTES = 8 << 10;

    /** Without one thing that is whole: a tag, a comment. */
    private static final int MAX_TOKEN_BYTES = 16 << 10;

    /** The parser with its buffers. */
    private static final long PARSER_BYTES = 28 << 10;

    /** Of a child as most are: for these the lease, which others share, is not asked. */
    private static final long SMALL_CHILD_BYTES = 2 << 10;

    private final XmlDocument<T> document;
    private final Budget.Lease memory;
    private final Deque<Open> open = new ArrayDeque<>();
    private final Set<String> names = new HashSet<>();
    private byte[] step = {};
    private AsyncXMLStreamReader<AsyncByteArrayFeeder> parser;
    private int markBytes;
    private int silentBytes;
    private int elements;
    private long childBytes;
    private long takenForChild;
    private PlainChildren plain = PlainChildren.NONE;
    private boolean betweenChildren;
    private String rootText = "";

    /** @param memory holds what is taken for the reader until it is closed, which is the caller's to do */
    public XmlReader(XmlDocument<T> document, Budget.Lease memory) {
        this.document = document;
        this.memory = memory;
    }

    /** Most texts come in one piece, and most elements have no children. */
    private static final class Open {
        private final String name;
        private String first = "";
        private Optional<StringBuilder> more = Optional.empty();
        private int chars;
        private List<XmlElement> children = List.of();
        private boolean hasChildren;

        Open(String name) {
            this.name = name;
        }

        void begunChild() {
            hasChildren = true;
            first = "";
            more = Optional.empty();
            chars = 0;
        }

        void add(XmlElement child) {
            if (children.isEmpty()) {
                children = new ArrayList<>();
            }
            children.add(child);
        }

        void add(String text) {
            chars += text.length();
            if (first.isEmpty()) {
                first = text;
                return;
            }
            if (more.isEmpty()) {
                more = Optional.of(new StringBuilder());
            }
            more.get().append(text);
        }

        String text() {
            return more.isEmpty() ? first : first + more.get();
        }

        XmlElement close() {
            return new XmlElement(name, text(), children);
        }
    }

    /**
     * Reads on. The buffer stays the caller's.
     *
     * @throws XmlException if this can be no document, or none that is read here
     * @throws io.sealward.gateway.s3.S3Exception SlowDown if there is no memory, or what the document throws
     */
    public void read(ByteBuf piece) throws XmlException {
        if (parser == null && piece.isReadable()) {
            memory.require(PARSER_BYTES + SMALL_CHILD_BYTES);
            takenForChild = SMALL_CHILD_BYTES;
            step = new byte[STEP_BYTES];
            parser = newParser();
        }
        while (piece.isReadable()
                && markBytes < BYTE_ORDER_MARK.length
                && piece.getByte(piece.readerIndex()) == BYTE_ORDER_MARK[markBytes]) {
            piece.skipBytes(1);
            markBytes++;
        }
        while (piece.isReadable()) {
            markBytes = BYTE_ORDER_MARK.length;
            int length = Math.min(piece.readableBytes(), STEP_BYTES);
            if (piece.bytesBefore(length, (byte) 0) >= 0) { // the parser passes over some inside of a character
                throw new XmlException("a NUL");
            }
            piece.readBytes(step, 0, length);
            for (int at = 0; at < length; ) {
                at = betweenChildren ? afterPlainChildren(at, length) : at;
                int end = plain == PlainChildren.NONE && !open.isEmpty() ? length : afterTag(at, length);
                parse(at, end);
                at = end;
            }
        }
    }

    /** Those that are taken as they are; the parser sees none of them. */
    private int afterPlainChildren(int from, int to) {
        int at = from;
        for (int end = PlainXml.end(step, at, to); end != PlainXml.NONE && plain.take(step, at, end); ) {
            at = end;
            end = PlainXml.end(step, at, to);
        }
        return at;
    }

    /** As far as one tag at most may end: behind it a plain child may begin. */
    private int afterTag(int from, int to) {
        int at = from;
        while (at < to && step[at] != '>') {
            at++;
        }
        return Math.min(at + 1, to);
    }

    private void parse(int from, int to) throws XmlException {
        if (from == to) { // still between children
            return;
        }
        feed(from, to - from);
        int last = AsyncXMLStreamReader.EVENT_INCOMPLETE;
        for (int event = next(); event != AsyncXMLStreamReader.EVENT_INCOMPLETE; event = next()) {
            take(event);
            last = event;
        }
        boolean tag = last == XMLStreamConstants.START_ELEMENT || last == XMLStreamConstants.END_ELEMENT;
        betweenChildren = tag && open.size() == 1 && plain != PlainChildren.NONE;
        silentBytes = last == AsyncXMLStreamReader.EVENT_INCOMPLETE ? silentBytes + to - from : 0;
        if (silentBytes > MAX_TOKEN_BYTES) {
            throw new XmlException("a longer token than any S3 document has");
        }
    }

    /**
     * Ends the document.
     *
     * @throws XmlException if it is not whole
     */
    public T end() throws XmlException {
        if (parser == null) {
            throw new XmlException("no element");
        }
        parser.getInputFeeder().endOfInput();
        for (int event = next(); event != XMLStreamConstants.END_DOCUMENT; event = next()) {
            if (event == AsyncXMLStreamReader.EVENT_INCOMPLETE) {
                throw new XmlException("the document is cut");
            }
            take(event);
        }
        return document.end(rootText);
    }

    /** With a factory of its own: one that is shared would remember every name. */
    private static AsyncXMLStreamReader<AsyncByteArrayFeeder> newParser() {
        return new InputFactoryImpl().createAsyncForByteArray();
    }

    private void feed(int from, int length) throws XmlException {
        try {
            parser.getInputFeeder().feedInput(step, from, length);
        } catch (XMLStreamException | RuntimeException e) {
            throw new XmlException("not well-formed XML");
        }
    }

    private int next() throws XmlException {
        try {
            return parser.next();
        } catch (XMLStreamException | RuntimeException e) { // some faults are thrown unchecked
            throw new XmlException("not well-formed XML");
        }
    }

    private void take(int event) throws XmlException {
        switch (event) {
            case XMLStreamConstants.START_ELEMENT -> start();
            case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> text();
            case XMLStreamConstants.END_ELEMENT -> endElement();
            case XMLStreamConstants.DTD,
                    XMLStreamConstants.ENTITY_REFERENCE,
                    XMLStreamConstants.PROCESSING_INSTRUCTION -> throw new XmlException("more than plain elements");
            default -> {}
        }
    }

    private void start() throws XmlException {
        if (++elements > MAX_ELEMENTS || open.size() == MAX_DEPTH) {
            throw new XmlException("more elements than any S3 document has");
        }
        String name = parser.getLocalName();
        String prefix = parser.getPrefix();
        know(prefix == null || prefix.isEmpty() ? name : prefix + ':' + name);
        for (int i = 0; i < parser.getAttributeCount(); i++) {
            know(parser.getAttributePrefix(i) + ':' + parser.getAttributeLocalName(i));
        }
        for (int i = 0; i < parser.getNamespaceCount(); i++) {
            know("xmlns:" + parser.getNamespacePrefix(i));
        }
        if (open.isEmpty()) {
            document.root(name);
            plain = document.plainChildren();
        } else {
            open.peek().begunChild();
            account(XmlElement.BYTES);
        }
        open.push(new Open(name));
    }

    private void know(String name) throws XmlException {
        if (name.length() > MAX_NAME_CHARS || (names.add(name) && names.size() > MAX_NAMES)) {
            throw new XmlException("more or longer names than any S3 document has");
        }
    }

    private void text() throws XmlException {
        String text; // taken also where it is of no use: text that is passed over makes no events
        try {
            text = parser.getText();
        } catch (RuntimeException e) { // a fault in what the parser had put off
            throw new XmlException("not well-formed XML");
        }
        Open in = open.peek();
        if (in == null || in.hasChildren) {
            return;
        }
        if (in.chars + text.length() > MAX_TEXT_CHARS) {
            throw new XmlException("a longer text than any S3 document has");
        }
        requireNoControl(text);
        account(2L * text.length());
        in.add(text);
    }

    /** XML has none but these; the parser takes them for good in longer forms than UTF-8 has, as C0 96. */
    private static void requireNoControl(String text) throws XmlException {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' && c != '\t' && c != '\n' && c != '\r') {
                throw new XmlException("a control character");
            }
        }
    }

    private void endElement() {
        Open closed = open.pop();
        switch (open.size()) {
            case 0 -> rootText = closed.text(); // and on, to where it is known that nothing follows
            case 1 -> {
                XmlElement child = closed.close();
                document.child(child);
                if (takenForChild > SMALL_CHILD_BYTES) {
                    memory.give(takenForChild - SMALL_CHILD_BYTES);
                    takenForChild = SMALL_CHILD_BYTES;
                }
                childBytes = 0;
            }
            default -> open.peek().add(closed.close());
        }
    }

    private void account(long bytes) {
        childBytes += bytes;
        if (childBytes > takenForChild) {
            memory.require(childBytes - takenForChild);
            takenForChild = childBytes;
        }
    }
}
