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
        append("<");
        append(element.name());
        append(">");
        if (element.children().isEmpty()) {
            append(XmlText.escape(element.text()));
        } else {
            element.children().forEach(this::add);
        }
        append("</");
        append(element.name());
        append(">");
        return this;
    }

    /** Adds an element that has a text. */
    public XmlWriter add(String name, String text) {
        return add(XmlElement.text(name, text));
    }

    /** Adds text directly inside the root. */
    public XmlWriter text(String text) {
        append(XmlText.escape(text));
        return this;
    }

    /** Ends the document. Nothing is added after it. */
    public XmlWriter end() {
        append("</" + root + '>');
        return this;
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

    private void append(String text) {
        int done = 0;
        while (done < text.length()) {
            if (filled == piece.length) {
                next();
            }
            done += appendAscii(text, done);
            if (done < text.length() && filled < piece.length) { // what follows is more than ASCII
                append(text.substring(done).getBytes(UTF_8));
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

    private void append(byte[] bytes) {
        length += bytes.length;
        int at = 0;
        while (at < bytes.length) {
            if (filled == piece.length) {
                next();
            }
            int copied = Math.min(bytes.length - at, piece.length - filled);
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
