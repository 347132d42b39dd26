package io.sealward.gateway.store;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.sealward.gateway.s3.PathSegments;
import io.sealward.gateway.s3.S3Error;
import io.sealward.gateway.s3.S3Exception;
import io.sealward.gateway.s3.UriEncoding;
import io.sealward.gateway.sigv4.PayloadPolicy;
import io.sealward.gateway.sigv4.RequestSigner;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A request to the store, before it is addressed and signed. A builder: used by one thread, for one call.
 *
 * <p>Bucket and key are given decoded; an empty bucket addresses the service, an empty key the bucket.
 */
public final class StoreRequest {
    private static final List<String> LOCKS = List.of("x-amz-object-lock-mode", "x-amz-object-lock-legal-hold");

    private final HttpMethod method;
    private final String bucket;
    private final String key;
    private final SortedMap<String, String> query = new TreeMap<>();
    private final HttpHeaders headers = new DefaultHttpHeaders();

    private StoreRequest(HttpMethod method, String bucket, String key) {
        this.method = method;
        this.bucket = bucket;
        this.key = key;
    }

    public static StoreRequest of(HttpMethod method, String bucket, String key) {
        return new StoreRequest(method, bucket, key);
    }

    public static StoreRequest ofBucket(HttpMethod method, String bucket) {
        return new StoreRequest(method, bucket, "");
    }

    /**
     * Adds a query parameter; an empty value names a sub-resource ({@code ?uploads}). Of several with one name the first
     * counts.
     *
     * @throws S3Exception InvalidArgument where the value would lead out of its folder, were it a path: stores make paths of
     *     prefixes, markers and ids
     */
    public StoreRequest query(String name, String value) {
        if (PathSegments.of(value) == PathSegments.Leads.OUT) {
            throw new S3Exception(S3Error.INVALID_ARGUMENT, "The value of " + name + " leads out of its bucket.");
        }
        query.putIfAbsent(UriEncoding.encodeQuery(name), UriEncoding.encodeQuery(value));
        return this;
    }

    public StoreRequest header(CharSequence name, Object value) {
        headers.set(name, value);
        return this;
    }

    public StoreRequest headers(HttpHeaders more) {
        headers.add(more);
        return this;
    }

    /** What has been added so far. */
    public HttpHeaders headers() {
        return headers;
    }

    /** Announces a body of so many bytes. */
    public StoreRequest contentLength(long bytes) {
        return header(HttpHeaderNames.CONTENT_LENGTH, bytes);
    }

    /**
     * Sends a digest with a whole body that is written under a lock, which AWS S3 demands. Source: API Reference, "PutObject",
     * Content-MD5.
     */
    void digestIfLocked(ByteBuffer body) {
        if (LOCKS.stream().anyMatch(headers::contains)) {
            header(HttpHeaderNames.CONTENT_MD5, Md5.base64(List.of(body).iterator()));
        }
    }

    boolean announcesBody() {
        String length = headers.get(HttpHeaderNames.CONTENT_LENGTH);
        return length != null && !length.equals("0");
    }

    /** Whether it may change something at the store. Source: RFC 9110 section 9.2.1. */
    boolean changes() {
        return !method.equals(HttpMethod.GET) && !method.equals(HttpMethod.HEAD);
    }

    /** Whether it lists or deletes many keys. */
    boolean aboutManyKeys() {
        return key.isEmpty() && (method.equals(HttpMethod.GET) || method.equals(HttpMethod.POST));
    }

    /** Whether an object's bytes are the answer, which is taken as its reader has room. */
    boolean readsObject() {
        return method.equals(HttpMethod.GET) && !key.isEmpty() && !query.containsKey("uploadId");
    }

    /**
     * Whether sending it twice does no more than sending it once, and is answered alike. Source: RFC 9110 section 9.2.2. A
     * conditional PUT would meet what it had made itself, and so would the PUT of a bucket.
     */
    boolean repeatable() {
        boolean unconditional =
                !headers.contains(HttpHeaderNames.IF_MATCH) && !headers.contains(HttpHeaderNames.IF_NONE_MATCH);
        return method.equals(HttpMethod.GET)
                || method.equals(HttpMethod.HEAD)
                || method.equals(HttpMethod.DELETE)
                || (method.equals(HttpMethod.PUT) && !key.isEmpty() && unconditional);
    }

    /** Addressed, signed and ready to send. */
    HttpRequest toHttp(StoreSettings settings, RequestSigner signer) {
        String path = "/" + UriEncoding.encodePath(settings.pathStyle() ? bucketAndKey() : key);
        String parameters = query.entrySet().stream()
                .map(parameter -> parameter.getKey() + '=' + parameter.getValue())
                .collect(Collectors.joining("&"));
        headers.set(HttpHeaderNames.HOST, settings.hostHeader(bucket));
        if ((method.equals(HttpMethod.PUT) || method.equals(HttpMethod.POST))
                && !headers.contains(HttpHeaderNames.CONTENT_LENGTH)) {
            headers.set(HttpHeaderNames.CONTENT_LENGTH, 0);
        }
        signer.sign(method, path, parameters, headers, PayloadPolicy.UNSIGNED_PAYLOAD);
        String target = parameters.isEmpty() ? path : path + '?' + parameters;
        return new DefaultHttpRequest(HttpVersion.HTTP_1_1, method, target, headers);
    }

    private String bucketAndKey() {
        return key.isEmpty() ? bucket : bucket + '/' + key;
    }
}
