package io.sealward.crypto.seal;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sealward.crypto.format.Format;
import io.sealward.crypto.key.KekReference;
import io.sealward.crypto.key.ObjectBinding;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.List;

/** What a sealed DEK is for and where, in bytes: its key and its commitment are derived from their hash. */
final class SealBinding {
    private SealBinding() {}

    static byte[] ofObject(Format format, ObjectBinding place, Layout layout, WrapScope scope, KekReference kek) {
        return encode(format, "object", "", place, layout, scope, kek);
    }

    static byte[] ofUpload(
            Format format,
            String storeUploadId,
            ObjectBinding place,
            Layout layout,
            WrapScope scope,
            KekReference kek) {
        return encode(format, "upload", storeUploadId, place, layout, scope, kek);
    }

    private static byte[] encode(
            Format format,
            String purpose,
            String uploadId,
            ObjectBinding place,
            Layout layout,
            WrapScope scope,
            KekReference kek) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(256);
        out.write(format.version());
        out.write(format.suite());
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
