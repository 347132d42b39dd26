package io.sealward.gateway.subresource;

import io.sealward.gateway.request.EncryptionHeaders;
import io.sealward.gateway.request.S3Request;
import io.sealward.gateway.s3.S3Error;
import io.sealward.gateway.s3.S3Exception;
import io.sealward.gateway.tenant.Keks;
import io.sealward.gateway.tenant.KeyMode;
import io.sealward.gateway.xml.XmlElement;
import java.util.List;

/** How every object of a project is encrypted, in the words of S3's default encryption of buckets. */
record ProjectEncryption(Keks keks) {
    static final String ROOT = "ServerSideEncryptionConfiguration";
    private static final String DEFAULT = "ApplyServerSideEncryptionByDefault";
    private static final String BLOCKED = "BlockedEncryptionTypes";
    private static final String SSE_C = "SSE-C";

    String document(S3Request request) {
        boolean bucketKey = request.project().keyMode() == KeyMode.BUCKET_KEY;
        XmlElement rule = XmlElement.of(
                "Rule",
                List.of(
                        XmlElement.of(
                                DEFAULT,
                                List.of(
                                        XmlElement.text("SSEAlgorithm", "aws:kms"),
                                        XmlElement.text(
                                                "KMSMasterKeyID",
                                                kek(request).kek().keyId()))),
                        XmlElement.text("BucketKeyEnabled", Boolean.toString(bucketKey)),
                        XmlElement.of(BLOCKED, List.of(XmlElement.text("EncryptionType", SSE_C)))));
        return XmlElement.of(ROOT, List.of(rule)).toDocument();
    }

    /**
     * Takes a configuration that asks for what is done anyhow.
     *
     * @throws S3Exception InvalidArgument for another key, or another way to encrypt
     */
    void requireTrue(S3Request request, XmlElement document) {
        List<XmlElement> rules = document.all("Rule");
        if (rules.isEmpty()) {
            throw new S3Exception(S3Error.MALFORMED_XML);
        }
        Keks.Registered own = kek(request);
        for (XmlElement rule : rules) {
            rule.all(DEFAULT)
                    .forEach(wanted -> EncryptionHeaders.requireOwn(
                            wanted.value("SSEAlgorithm"),
                            wanted.value("KMSMasterKeyID"),
                            own.externalKeyId(),
                            own.kek().keyId()));
            if (rule.all(BLOCKED).stream()
                    .flatMap(blocked -> blocked.children().stream())
                    .anyMatch(type -> !type.text().equals(SSE_C))) {
                throw new S3Exception(S3Error.INVALID_ARGUMENT, "SSE-C is blocked here, and nothing else is.");
            }
        }
    }

    private Keks.Registered kek(S3Request request) {
        return keks.forProject(request.project())
                .orElseThrow(() -> new S3Exception(
                        S3Error.ACCESS_DENIED, "This project has no external key, and this gateway requires one."));
    }
}
