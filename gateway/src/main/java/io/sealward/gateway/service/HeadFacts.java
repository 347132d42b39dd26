package io.sealward.gateway.service;

import io.netty.handler.codec.http.HttpHeaders;
import io.sealward.gateway.front.Peer;
import io.sealward.gateway.policy.ConditionKey;
import io.sealward.gateway.policy.Facts;
import io.sealward.gateway.request.CopySource;
import io.sealward.gateway.request.Place;
import io.sealward.gateway.s3.PathSegments;
import io.sealward.gateway.s3.S3Error;
import io.sealward.gateway.s3.S3Exception;
import io.sealward.gateway.sigv4.RequestTarget;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the head of a request tells. A parameter or header that is there twice is refused when it is asked for, as who
 * carries the request out may take the other one.
 *
 * @param headers with those that a presigned URL brings in its query
 * @param signed how it was signed; empty if it was not
 * @param username whom the policies of credentials take the sender for
 * @param at when the head was read
 */
record HeadFacts(
        Place.Level level,
        RequestTarget target,
        HttpHeaders headers,
        Peer peer,
        Optional<Signed> signed,
        Optional<String> username,
        Instant at)
        implements Facts {
    /** Where the signature was, in S3's words. */
    enum Signed {
        HEADER("REST-HEADER"),
        QUERY("REST-QUERY-STRING"),
        FORM("POST");

        private final String word;

        Signed(String word) {
            this.word = word;
        }
    }

    private static final String OF_HEADERS = "s3:";

    @Override
    public Optional<String> value(ConditionKey key) {
        return switch (key) {
            case PREFIX -> listed("prefix").map(HeadFacts::unresolved);
            case DELIMITER -> listed("delimiter");
            case MAX_KEYS -> listed("max-keys");
            case ACL, ENCRYPTION, ENCRYPTION_KEY, STORAGE_CLASS, METADATA_DIRECTIVE ->
                once(headers.getAll(key.key().substring(OF_HEADERS.length())));
            case COPY_SOURCE -> once(headers.getAll(CopySource.HEADER)).map(HeadFacts::named);
            case EXISTING_OBJECT_TAG -> Optional.empty(); // of which the head knows nothing
            case AUTH_TYPE -> signed.map(how -> how.word);
            case SECURE_TRANSPORT -> Optional.of(Boolean.toString(peer.secure()));
            case SOURCE_IP -> Optional.of(address());
            case CURRENT_TIME -> Optional.of(at.toString());
            case EPOCH_TIME -> Optional.of(Long.toString(at.getEpochSecond()));
            case USERNAME -> username;
        };
    }

    /** To an object such a parameter means nothing. */
    private Optional<String> listed(String parameter) {
        return level == Place.Level.BUCKET
                ? once(target.parameters().stream()
                        .filter(given -> given.name().equals(parameter))
                        .map(RequestTarget.Parameter::value)
                        .toList())
                : Optional.empty();
    }

    /** However it is written: what can be written in several ways could pass a condition in one of them. */
    private static String named(String copySource) {
        Place source = CopySource.parse(copySource).place();
        return source.bucket() + '/' + source.key();
    }

    /** Refuses what is another prefix to a store that resolves it. */
    private static String unresolved(String prefix) {
        if (PathSegments.resolved(prefix)) {
            throw new S3Exception(S3Error.ACCESS_DENIED);
        }
        return prefix;
    }

    private static Optional<String> once(List<String> values) {
        if (values.size() > 1) {
            throw new S3Exception(S3Error.ACCESS_DENIED);
        }
        return values.stream().findFirst();
    }

    private String address() {
        String text = peer.address().getHostAddress();
        int zone = text.indexOf('%');
        return zone < 0 ? text : text.substring(0, zone);
    }
}
