package io.sealward.gateway.request;

import io.netty.handler.codec.http.HttpHeaders;
import io.sealward.gateway.s3.S3Error;
import io.sealward.gateway.s3.S3Exception;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The {@code x-amz-*} headers that an operation accepts. Any other is refused: a header changes what S3 does, and to pass
 * over one would be to do something else than was asked. Immutable.
 */
public final class AcceptedHeaders {
    private static final String META = "x-amz-meta-";
    private static final String CHECKSUM = "x-amz-checksum-";

    /**
     * Accepted by every operation: headers of the signature and the transfer, those about what the answer may cost or
     * contain, and what SDKs and proxies say of themselves.
     */
    private static final Set<String> EVERYWHERE = Set.of(
            "x-amz-date",
            "x-amz-content-sha256",
            "x-amz-user-agent",
            "x-amz-security-token",
            "x-amz-decoded-content-length",
            "x-amz-trailer",
            "x-amz-sdk-checksum-algorithm",
            "x-amz-request-payer",
            "x-amz-expected-bucket-owner",
            "x-amz-te",
            "x-amz-api-version",
            "x-amz-cf-id",
            "x-amz-optional-object-attributes");

    /** The canned ACLs that ask for what is so anyhow. */
    private static final Set<String> GRANTED = Set.of("private", "bucket-owner-full-control");

    /** Nothing but what every operation accepts. */
    public static final AcceptedHeaders NONE = new AcceptedHeaders(Set.of(), false);

    private final Set<String> names;
    private final boolean metadata;

    private AcceptedHeaders(Set<String> names, boolean metadata) {
        this.names = names;
        this.metadata = metadata;
    }

    /** These headers, in lower case. */
    public static AcceptedHeaders of(String... names) {
        return new AcceptedHeaders(Set.of(names), false);
    }

    /**
     * These, and all that describes a new object: user metadata, tags, storage class, its lock, encryption as S3 clients ask
     * for it.
     */
    public static AcceptedHeaders ofNewObject(String... names) {
        Set<String> all = new TreeSet<>(Set.of(names));
        all.add("x-amz-acl");
        all.addAll(MetadataHeaders.KEPT_BESIDE);
        all.addAll(EncryptionHeaders.NAMES);
        return new AcceptedHeaders(Set.copyOf(all), true);
    }

    /** These, and the encryption headers, which clients repeat with each part of an upload and with its end. */
    public static AcceptedHeaders ofUpload(String... names) {
        Set<String> all = new TreeSet<>(Set.of(names));
        all.addAll(EncryptionHeaders.NAMES);
        return new AcceptedHeaders(Set.copyOf(all), false);
    }

    /** The headers accepted by name, in lower case, without those of user metadata and those that every operation accepts. */
    public Set<String> names() {
        return names;
    }

    /**
     * Refuses a request with a header that is not accepted.
     *
     * @throws S3Exception NotImplemented, naming the header; InvalidArgument for the gateway's own metadata prefix;
     *     AccessControlListNotSupported; what {@link EncryptionHeaders#refuse} says
     */
    public void check(HttpHeaders headers) {
        for (Map.Entry<String, String> header : headers) {
            String name = header.getKey().toLowerCase(Locale.ROOT);
            if (name.startsWith("x-amz-") && !EVERYWHERE.contains(name) && !names.contains(name)) {
                checkOpen(name);
            }
        }
        String acl = headers.get("x-amz-acl");
        if (acl != null && !GRANTED.contains(acl)) {
            throw new S3Exception(S3Error.ACCESS_CONTROL_LIST_NOT_SUPPORTED);
        }
    }

    private void checkOpen(String name) {
        if (name.startsWith(CHECKSUM)) {
            return; // verified with the body, or about a checksum the gateway does not return
        }
        if (name.startsWith("x-amz-grant-")) {
            throw new S3Exception(S3Error.ACCESS_CONTROL_LIST_NOT_SUPPORTED);
        }
        EncryptionHeaders.refuse(name);
        if (name.startsWith(MetadataHeaders.RESERVED)) {
            throw new S3Exception(
                    S3Error.INVALID_ARGUMENT, "Metadata names that start with sealward- belong to the gateway.");
        }
        if (!metadata || !name.startsWith(META)) {
            throw new S3Exception(S3Error.NOT_IMPLEMENTED, "The header " + name + " is not implemented here.");
        }
    }
}
