package io.sealward.gateway.form;

import io.netty.buffer.ByteBuf;
import io.sealward.gateway.body.ByteSink;
import java.util.Arrays;

/**
 * The file of a form, on its way into a sink. It is the form's last field, so that its length is known before it comes, as
 * frames need it: what follows is the end of the form and nothing else. A delimiter anywhere else says that there was
 * another field, and the body was not what was said.
 */
final class FormFile {
    private final byte[] delimiter;
    private final byte[] end;
    private final long length;
    private final ByteSink sink;
    private long passed;
    private long scanned;
    private int matched;
    private int ended;

    /**
     * @param delimiter the line end, two hyphens and the boundary
     * @param length of the file, in bytes
     */
    FormFile(byte[] delimiter, long length, ByteSink sink) {
        this.delimiter = delimiter;
        this.end = endOfForm(delimiter);
        this.length = length;
        this.sink = sink;
    }

    /** What stands behind the last field of a form. */
    static byte[] endOfForm(byte[] delimiter) {
        byte[] end = Arrays.copyOf(delimiter, delimiter.length + 4);
        end[delimiter.length] = '-';
        end[delimiter.length + 1] = '-';
        end[delimiter.length + 2] = '\r';
        end[delimiter.length + 3] = '\n';
        return end;
    }

    /** Takes ownership. */
    void write(ByteBuf data) {
        try {
            scan(data);
            int piece = (int) Math.min(length - passed, data.readableBytes());
            if (piece > 0) {
                passed += piece;
                sink.write(data.readRetainedSlice(piece));
            }
            while (data.isReadable()) {
                if (ended == end.length || data.readByte() != end[ended++]) {
                    throw Form.malformed();
                }
            }
        } finally {
            data.release();
        }
    }

    void finish() {
        if (ended < end.length) {
            throw Form.malformed();
        }
        sink.finish();
    }

    void close() {
        sink.close();
    }

    /** A boundary has no line end in it: what breaks off a delimiter can only begin another. */
    private void scan(ByteBuf data) {
        int stop = data.writerIndex();
        for (int i = data.readerIndex(); i < stop; i++) {
            if (matched == 0) {
                int next = data.indexOf(i, stop, (byte) '\r');
                if (next < 0) {
                    scanned += stop - i;
                    return;
                }
                scanned += next - i;
                i = next;
            }
            byte b = data.getByte(i);
            scanned++;
            matched = b == delimiter[matched] ? matched + 1 : b == '\r' ? 1 : 0;
            if (matched == delimiter.length) {
                if (scanned != length + delimiter.length) {
                    throw Form.malformed();
                }
                matched = 0;
            }
        }
    }
}
