package io.sealward.gateway.form;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.sealward.gateway.s3.S3Error;
import io.sealward.gateway.s3.S3Exception;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Reads the fields of a form up to the first byte of its file, from buffers cut anywhere. Holds them in memory, and no more
 * than {@value #MAX_BYTES} bytes of them. Source: RFC 7578; Amazon S3 API Reference, "POST Object".
 */
final class FormHead {
    /** 20 KiB of names and values, as S3 has it, and what stands around them. */
    static final int MAX_BYTES = 32 << 10;

    private static final int MAX_FIELD_BYTES = 20 << 10;
    private static final int FIRST_BYTES = 2 << 10;
    private static final byte[] LINE_END = {'\r', '\n'};
    private static final byte[] HEADERS_END = {'\r', '\n', '\r', '\n'};
    private static final String FILE = "file";

    private enum State {
        DELIMITER,
        HEADERS,
        VALUE,
        FILE
    }

    private final byte[] delimiter;
    private final Map<String, String> fields = new LinkedHashMap<>();
    private byte[] bytes = new byte[FIRST_BYTES];
    private int length;
    private int at;
    private int scanned;
    private int fieldBytes;
    private State state = State.DELIMITER;
    private PartHeaders part = PartHeaders.NONE;

    /** @param delimiter the line end, two hyphens and the boundary */
    FormHead(byte[] delimiter) {
        this.delimiter = delimiter;
    }

    /**
     * Reads on; what belongs to the file is left in the buffer.
     *
     * @return whether the file begins
     * @throws S3Exception MalformedPOSTRequest, MaxPostPreDataLengthExceeded, InvalidArgument
     */
    boolean read(ByteBuf data) {
        while (state != State.FILE && data.isReadable()) {
            int piece = Math.min(data.readableBytes(), room());
            data.readBytes(bytes, length, piece);
            length += piece;
            while (step()) {}
            if (state == State.FILE) {
                data.readerIndex(data.readerIndex() - (length - at));
            }
        }
        return state == State.FILE;
    }

    /** Bytes of the form before its file. */
    int consumed() {
        return at;
    }

    /** What was read, when the file begins. */
    FormFields fields() {
        return new FormFields(fields, part.fileName());
    }

    private int room() {
        if (length == bytes.length) {
            if (length == MAX_BYTES) {
                throw new S3Exception(S3Error.MAX_POST_PRE_DATA_LENGTH_EXCEEDED);
            }
            bytes = Arrays.copyOf(bytes, Math.min(2 * length, MAX_BYTES));
        }
        return bytes.length - length;
    }

    /** Takes the next thing that is whole; false if there is none yet. */
    private boolean step() {
        return switch (state) {
            case DELIMITER -> delimiter();
            case HEADERS -> headers();
            case VALUE -> value();
            case FILE -> false;
        };
    }

    /** The first one has no line end before it. */
    private boolean delimiter() {
        int skipped = at == 0 ? LINE_END.length : 0;
        int end = at + delimiter.length - skipped + LINE_END.length;
        if (length < end) {
            return false;
        }
        boolean here = Arrays.equals(bytes, at, end - LINE_END.length, delimiter, skipped, delimiter.length);
        if (here && bytes[end - 2] == '-' && bytes[end - 1] == '-') {
            throw new S3Exception(S3Error.INVALID_ARGUMENT, "POST requires exactly one file upload per request.");
        }
        if (!here || !Arrays.equals(bytes, end - LINE_END.length, end, LINE_END, 0, LINE_END.length)) {
            throw Form.malformed();
        }
        next(State.HEADERS, end);
        return true;
    }

    private boolean headers() {
        int end = find(HEADERS_END);
        if (end < 0) {
            return false;
        }
        part = PartHeaders.parse(new String(bytes, at, end - at, UTF_8));
        next(part.name().equals(FILE) ? State.FILE : State.VALUE, end + HEADERS_END.length);
        return state == State.VALUE;
    }

    private boolean value() {
        int end = find(delimiter);
        if (end < 0) {
            return false;
        }
        fieldBytes += part.name().length() + end - at;
        if (fieldBytes > MAX_FIELD_BYTES) {
            throw new S3Exception(S3Error.MAX_POST_PRE_DATA_LENGTH_EXCEEDED);
        }
        String name = part.name().toLowerCase(Locale.ROOT);
        if (fields.put(name, new String(bytes, at, end - at, UTF_8)) != null) {
            throw new S3Exception(
                    S3Error.INVALID_ARGUMENT, "POST requires exactly one occurrence of the field " + name + ".");
        }
        next(State.DELIMITER, end);
        return true;
    }

    private void next(State then, int from) {
        state = then;
        at = from;
        scanned = from;
    }

    /** Where these bytes stand next; negative if they are not there yet. */
    private int find(byte[] wanted) {
        for (; scanned + wanted.length <= length; scanned++) {
            if (Arrays.equals(bytes, scanned, scanned + wanted.length, wanted, 0, wanted.length)) {
                return scanned;
            }
        }
        return -1;
    }

    static byte[] delimiter(String boundary) {
        return ("\r\n--" + boundary).getBytes(US_ASCII);
    }
}
