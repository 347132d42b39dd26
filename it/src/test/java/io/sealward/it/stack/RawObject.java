package io.sealward.it.stack;

import java.util.Arrays;
import java.util.Map;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/** An object as the store holds it. */
@SuppressWarnings("ArrayRecordComponent") // carried, never compared
public record RawObject(byte[] bytes, Map<String, String> metadata) {
    /** Bytes that a full frame takes at the store. */
    public static final int FRAME_BYTES = 32 + 65_536 + 16;

    /** Bytes that the terminator takes, at the end of every object. */
    public static final int TERMINATOR_BYTES = 32 + 16;

    public static RawObject read(S3Client behind, String bucket, String key) {
        ResponseBytes<GetObjectResponse> raw =
                behind.getObjectAsBytes(r -> r.bucket(bucket).key(key));
        return new RawObject(raw.asByteArray(), raw.response().metadata());
    }

    public void write(S3Client behind, String bucket, String key) {
        behind.putObject(r -> r.bucket(bucket).key(key).metadata(metadata), RequestBody.fromBytes(bytes));
    }

    public RawObject with(UnaryOperator<byte[]> change) {
        return new RawObject(change.apply(bytes.clone()), metadata);
    }

    /** The bytes of frame {@code index}, of an object whose frames before it are full. */
    public byte[] frame(int index) {
        int begin = index * FRAME_BYTES;
        return Arrays.copyOfRange(bytes, begin, Math.min(begin + FRAME_BYTES, bytes.length - TERMINATOR_BYTES));
    }
}
