package io.sealward.gateway.xml;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.sealward.gateway.budget.Budget;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** Writes a document in pieces of at most 32 KiB, each taken from a lease before there is an array for it. */
public final class XmlWriter {
    private static final int FIRST_PIECE_BYTES = 1 << 10;
    private static final int MAX_PIECE_BYTES = 32 << 10;

    private final Budget.Lease memory;
    private final String root;
    private final List<byte[]> full = new ArrayList<>();
    private byte[] piece = {};
    private int filled;
    private long length;

    /**
     * Begins the document.
     *
     * @param root its name, under the namespace of S3
     * @param memory holds what is taken for the document until it is closed, which is the caller's to do
     */
    public XmlWriter(String root, Budget.Lease memory) {
        this.memory = memory;
        this.root = root;
        append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<" + root
                + " xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">");
    }

    /** Adds an element with all that is in it. */
    public XmlWriter add(XmlElement element) {
        if (element.children().isEmpty()) {
            return add(element.name(), element.text());
        }
        open(element.name());
        for (XmlElement child : element.children()) {
            add(child);
        }
        return close(element.name());
    }

    /** Adds an element that has a text. */
    public XmlWriter add(String name, String text) {
        return open(name).text(text).close(name);
    }

    /** Begins an element; what is added is in it until it is closed. */
    public XmlWriter open(String name) {
        append('<');
        append(name);
        append('>');
        return this;
    }

    /** Ends the element that was opened last. */
    public XmlWriter close(String name) {
        append('<');
        append('/');
        append(name);
        append('>');
        return this;
    }

    /** Adds what is XML already, of ASCII, in elements that it closes or that are closed behind it. */
    public XmlWriter plain(byte[] xml, int from, int to) {
        append(xml, from, to);
        return this;
    }

    /** Adds text where the document is, directly inside the root if no element is open. */
    public XmlWriter text(String text) {
        append(XmlText.escape(text));
        return this;
    }

    /** Ends the document. Nothing is added after it. */
    public XmlWriter end() {
        return close(root);
    }

    /** Bytes so far. */
    public long length() {
        return length;
    }

    /** The document in order, each piece a buffer that shares it. */
    public Iterator<ByteBuf> pieces() {
        List<ByteBuf> all = new ArrayList<>();
        full.forEach(each -> all.add(Unpooled.wrappedBuffer(each)));
        all.add(Unpooled.wrappedBuffer(piece, 0, filled));
        return all.iterator();
    }

    private void append(char ascii) {
        if (filled == piece.length) {
            next();
        }
        piece[filled++] = (byte) ascii;
        length++;
    }

    private void append(String text) {
        int done = 0;
        while (done < text.length()) {
            if (filled == piece.length) {
                next();
            }
            done += appendAscii(text, done);
            if (done < text.length() && filled < piece.length) { // what follows is more than ASCII
                byte[] rest = text.substring(done).getBytes(UTF_8);
                append(rest, 0, rest.length);
                return;
            }
        }
    }

    /** As much as fits into the piece: most of any document is a byte a character, and needs no array of its own. */
    private int appendAscii(String text, int from) {
        int most = Math.min(text.length() - from, piece.length - filled);
        int copied = 0;
        while (copied < most && text.charAt(from + copied) < 0x80) {
            piece[filled + copied] = (byte) text.charAt(from + copied);
            copied++;
        }
        filled += copied;
        length += copied;
        return copied;
    }

    private void append(byte[] bytes, int from, int to) {
        length += to - from;
        int at = from;
        while (at < to) {
            if (filled == piece.length) {
                next();
            }
            int copied = Math.min(to - at, piece.length - filled);
            System.arraycopy(bytes, at, piece, filled, copied);
            filled += copied;
            at += copied;
        }
    }

    private void next() {
        int size = Math.min(Math.max(FIRST_PIECE_BYTES, 2 * piece.length), MAX_PIECE_BYTES);
        memory.require(size);
        if (filled > 0) {
            full.add(piece);
        }
        piece = new byte[size];
        filled = 0;
    }
}
