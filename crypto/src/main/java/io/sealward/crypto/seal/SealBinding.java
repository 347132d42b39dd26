package io.sealward.crypto.seal;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.sealward.crypto.key.KekReference;
import io.sealward.crypto.key.ObjectBinding;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.List;

/** What a sealed DEK is for and where, in bytes: its key and its commitment are derived from their hash. */
final class SealBinding {
    private static final byte[] VERSION_AND_SUITE = "\1\1".getBytes(US_ASCII);

    private SealBinding() {}

    static byte[] ofObject(ObjectBinding place, Layout layout, WrapScope scope, KekReference kek) {
        return encode("object", "", place, layout, scope, kek);
    }

    static byte[] ofUpload(
            String storeUploadId, ObjectBinding place, Layout layout, WrapScope scope, KekReference kek) {
        return encode("upload", storeUploadId, place, layout, scope, kek);
    }

    private static byte[] encode(
            String purpose, String uploadId, ObjectBinding place, Layout layout, WrapScope scope, KekReference kek) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(256);
        out.writeBytes(VERSION_AND_SUITE);
        List.of(
                        purpose,
                        place.organizationId(),
                        place.projectId(),
                        place.bucket(),
                        place.key(),
                        uploadId,
                        layout.token(),
                        scope.token(),
                        kek.externalKeyId(),
                        kek.provider(),
                        kek.keyId(),
                        kek.keyVersion())
                .forEach(field -> {
                    byte[] bytes = field.getBytes(UTF_8);
                    out.writeBytes(ByteBuffer.allocate(Integer.BYTES)
                            .putInt(bytes.length)
                            .array());
                    out.writeBytes(bytes);
                });
        return out.toByteArray();
    }
}
