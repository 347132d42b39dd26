package io.sealward.gateway.bucket;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.sealward.gateway.s3.ETags;
import io.sealward.gateway.tenant.Project;
import io.sealward.gateway.xml.XmlWriter;
import java.util.Arrays;
import java.util.List;

/**
 * An entry of a listing, written as {@link io.sealward.gateway.xml.PlainChildren} take it: copied, but for what {@link Listing}
 * tells otherwise.
 */
final class PlainEntry {
    private static final List<byte[]> ENTRIES =
            List.of(ascii("<Contents>"), ascii("<Version>"), ascii("<DeleteMarker>"), ascii("<CommonPrefixes>"));
    private static final List<byte[]> OWNERS = List.of(ascii("Owner"), ascii("Initiator"));
    private static final List<byte[]> DROPPED = List.of(ascii("ChecksumAlgorithm"), ascii("ChecksumType"));
    private static final List<byte[]> QUOTES = List.of(ascii("&quot;"), ascii("&#34;"), ascii("\""));
    private static final byte[] SIZE = ascii("Size");
    private static final byte[] ETAG = ascii("ETag");

    private final byte[] bytes;
    private final XmlWriter written;
    private int copied;

    private PlainEntry(byte[] bytes, int from, XmlWriter written) {
        this.bytes = bytes;
        this.written = written;
        this.copied = from;
    }

    /** Whether it is an entry, and no other child of a listing. */
    static boolean is(byte[] bytes, int from, int to) {
        for (byte[] tag : ENTRIES) {
            if (from + tag.length < to && Arrays.equals(bytes, from, from + tag.length, tag, 0, tag.length)) {
                return true;
            }
        }
        return false;
    }

    /** Writes it as the client is to see it. */
    static void write(byte[] bytes, int from, int to, XmlWriter written, Project project, Names names) {
        PlainEntry entry = new PlainEntry(bytes, from, written);
        entry.element(from, project, names);
        entry.copyTo(to);
    }

    /** Goes through what stands at a tag, and returns what stands behind it. */
    private int element(int tag, Project project, Names names) {
        int name = tag + 1;
        int nameEnd = next('>', name);
        if (named(OWNERS, name, nameEnd)) {
            int end = behind(tag);
            replace(tag, end).add(OwnerElement.of(text(name, nameEnd), project));
            return end;
        }
        if (named(DROPPED, name, nameEnd)) {
            int end = behind(tag);
            replace(tag, end);
            return end;
        }
        int content = nameEnd + 1;
        if (opens(content)) {
            int child = content;
            while (opens(child)) {
                child = element(child, project, names);
            }
            return next('>', child) + 1;
        }
        int contentEnd = next('<', content);
        if (named(SIZE, name, nameEnd)) {
            replace(content, contentEnd).text(Listing.plaintextSize(text(content, contentEnd)));
        } else if (named(ETAG, name, nameEnd)) {
            mark(content, contentEnd);
        } else if (mayBeEncoded(content, contentEnd)) {
            replace(content, contentEnd).text(names.toClient(text(name, nameEnd), text(content, contentEnd)));
        }
        return next('>', contentEnd) + 1;
    }

    private int behind(int tag) {
        int at = next('>', tag) + 1;
        while (opens(at)) {
            at = behind(at);
        }
        return next('>', next('<', at)) + 1;
    }

    /** As {@link ETags#toClient} does. */
    private void mark(int content, int contentEnd) {
        int tag = behindQuote(content, contentEnd);
        int tagEnd = tag + ETags.MD5_DIGITS;
        if (tagEnd <= contentEnd && behindQuote(tagEnd, contentEnd) == contentEnd && ETags.isHex(bytes, tag, tagEnd)) {
            replace(tagEnd, tagEnd).text(ETags.MARK);
        }
    }

    private int behindQuote(int at, int end) {
        for (byte[] quote : QUOTES) {
            if (at + quote.length <= end && named(quote, at, at + quote.length)) {
                return at + quote.length;
            }
        }
        return at;
    }

    /** Copies as far as {@code at}; what stands there up to {@code end} is the caller's to write. */
    private XmlWriter replace(int at, int end) {
        copyTo(at);
        copied = end;
        return written;
    }

    private void copyTo(int end) {
        written.plain(bytes, copied, end);
        copied = end;
    }

    private boolean mayBeEncoded(int at, int end) {
        for (int i = at; i < end; i++) {
            if (bytes[i] == '%' || bytes[i] == '+') {
                return true;
            }
        }
        return false;
    }

    private String text(int at, int end) {
        String text = new String(bytes, at, end - at, ISO_8859_1);
        return text.indexOf('&') < 0 ? text : text.replace("&quot;", "\"").replace("&#34;", "\"");
    }

    private boolean opens(int at) {
        return bytes[at] == '<' && bytes[at + 1] != '/';
    }

    private int next(char c, int at) {
        int next = at;
        while (bytes[next] != c) {
            next++;
        }
        return next;
    }

    private boolean named(List<byte[]> names, int at, int end) {
        for (byte[] name : names) {
            if (named(name, at, end)) {
                return true;
            }
        }
        return false;
    }

    private boolean named(byte[] name, int at, int end) {
        return end - at == name.length && Arrays.equals(bytes, at, end, name, 0, name.length);
    }

    private static byte[] ascii(String name) {
        return name.getBytes(ISO_8859_1);
    }
}
