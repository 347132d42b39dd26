package io.sealward.gateway.body;

import io.netty.buffer.ByteBuf;
import io.sealward.gateway.s3.S3Error;
import io.sealward.gateway.s3.S3Exception;

/**
 * Strips the {@code aws-chunked} framing. Data goes on as it arrives, so that memory stays small whatever the size of a
 * chunk; only the buffer that completes a chunk waits for the chunk's signature. The body is whole when the last chunk,
 * the trailers and the empty line were read, and nothing may follow. Source: Amazon S3 API Reference, "Signature
 * Calculations for the Authorization Header: Transferring Payload in Multiple Chunks".
 */
final class AwsChunkedDecoder implements ByteSink {
    /** Every chunk but the last must hold as many bytes. */
    static final int MIN_CHUNK_LENGTH = 8192;

    private static final int MAX_SIZE_DIGITS = 15;

    private enum State {
        SIZE,
        DATA,
        DATA_END,
        TRAILERS
    }

    private final ChunkIntegrity integrity;
    private final TrailerSection trailers;
    private final ByteSink downstream;
    private final LineReader lines = new LineReader();
    private State state = State.SIZE;
    private long chunkRemaining;
    private boolean shortChunkSeen;

    AwsChunkedDecoder(ChunkIntegrity integrity, TrailerSection trailers, ByteSink downstream) {
        this.integrity = integrity;
        this.trailers = trailers;
        this.downstream = downstream;
    }

    @Override
    public void write(ByteBuf data) {
        try {
            while (data.isReadable()) {
                if (state == State.DATA) {
                    chunkData(data);
                } else if (trailers.ended()) {
                    throw malformed("data follows its end");
                } else {
                    lines.read(data).ifPresent(this::line);
                }
            }
        } finally {
            data.release();
        }
    }

    @Override
    public void finish() {
        if (!trailers.ended()) {
            throw new S3Exception(S3Error.INCOMPLETE_BODY);
        }
        downstream.finish();
    }

    @Override
    public void close() {
        downstream.close();
    }

    private void chunkData(ByteBuf data) {
        int length = (int) Math.min(chunkRemaining, data.readableBytes());
        ByteBuf slice = data.readRetainedSlice(length);
        try {
            integrity.update(slice);
            chunkRemaining -= length;
            if (chunkRemaining == 0) {
                integrity.verifyChunk();
                state = State.DATA_END;
            }
        } catch (RuntimeException e) {
            slice.release();
            throw e;
        }
        downstream.write(slice);
    }

    private void line(String line) {
        switch (state) {
            case SIZE -> chunkHeader(line);
            case DATA_END -> {
                if (!line.equals("\r\n")) {
                    throw malformed("chunk data is longer than its size");
                }
                state = State.SIZE;
            }
            case TRAILERS -> trailers.line(line);
            case DATA -> throw new IllegalStateException("chunk data is not read by lines");
        }
    }

    private void chunkHeader(String line) {
        if (!line.endsWith("\r\n")) {
            throw malformed("a line does not end with CRLF");
        }
        int semicolon = line.indexOf(';');
        int end = line.length() - 2;
        int sizeEnd = semicolon < 0 ? end : semicolon;
        long size = parseSize(line.substring(0, sizeEnd));
        integrity.begin(line.substring(sizeEnd, end));
        if (size == 0) {
            integrity.verifyChunk();
            state = State.TRAILERS;
            return;
        }
        if (shortChunkSeen) {
            throw new S3Exception(S3Error.INVALID_CHUNK_SIZE);
        }
        shortChunkSeen = size < MIN_CHUNK_LENGTH;
        chunkRemaining = size;
        state = State.DATA;
    }

    private static long parseSize(String hex) {
        if (hex.isEmpty() || hex.length() > MAX_SIZE_DIGITS) {
            throw malformed("a chunk size is not valid");
        }
        long size = 0;
        for (int i = 0; i < hex.length(); i++) {
            char c = hex.charAt(i);
            int digit = c < 0x80 ? Character.digit(c, 16) : -1;
            if (digit < 0) {
                throw malformed("a chunk size is not valid");
            }
            size = (size << 4) | digit;
        }
        return size;
    }

    static S3Exception malformed(String detail) {
        return new S3Exception(S3Error.INCOMPLETE_BODY, "The aws-chunked body is malformed: " + detail + '.');
    }
}
