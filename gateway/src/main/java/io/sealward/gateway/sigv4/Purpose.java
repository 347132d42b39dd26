package io.sealward.gateway.sigv4;

import io.sealward.crypto.algorithm.Sha256;
import java.util.Optional;

/**
 * What a signature is to be good for.
 *
 * @param bodySha256 of the body, in hex, where that is known and need not be told; S3's clients tell it, or that it is not signed
 */
record Purpose(String service, Optional<String> bodySha256) {
    static final Purpose S3 = new Purpose(CredentialScope.S3, Optional.empty());

    static Purpose sts(byte[] body) {
        return new Purpose(CredentialScope.STS, Optional.of(Sha256.hex(body)));
    }

    /** The form of a credential, for who has given another. */
    String form() {
        return "\"<YOUR-AKID>/YYYYMMDD/REGION/" + service + "/aws4_request\"";
    }
}
