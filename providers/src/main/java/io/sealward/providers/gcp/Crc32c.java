package io.sealward.providers.gcp;

import com.google.protobuf.ByteString;
import com.google.protobuf.Int64Value;
import java.util.zip.CRC32C;

/** The checksum (RFC 3720) that Cloud KMS takes and gives with every field of bytes. */
final class Crc32c {
    private Crc32c() {}

    static Int64Value of(ByteString bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes.asReadOnlyByteBuffer());
        return Int64Value.of(crc.getValue());
    }
}
