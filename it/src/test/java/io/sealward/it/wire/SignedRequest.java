package io.sealward.it.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sealward.it.store.S3Target;
import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A request with a true signature, to be bent before it is sent. Signed as AWS documents it, apart from the gateway's code. */
public final class SignedRequest {
    public static final String UNSIGNED_PAYLOAD = "UNSIGNED-PAYLOAD";

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private final S3Target target;
    private final String method;
    private final String path;
    private final String query;
    private final Map<String, String> signed = new TreeMap<>();
    private final List<String> unsigned = new ArrayList<>();
    private Instant time = Instant.now();
    private byte[] body = {};
    private String protocol = "HTTP/1.1";
    private String signature = "";

    private SignedRequest(S3Target target, String method, String path, String query) {
        this.target = target;
        this.method = method;
        this.path = path;
        this.query = query;
        signed.put("host", target.endpoint().getAuthority());
        signed.put("x-amz-content-sha256", sha256(body));
    }

    /** {@code uri} is a path and perhaps a query, percent-encoded, its parameters in order and with their equals signs. */
    public static SignedRequest of(S3Target target, String method, String uri) {
        int mark = uri.indexOf('?');
        return mark < 0
                ? new SignedRequest(target, method, uri, "")
                : new SignedRequest(target, method, uri.substring(0, mark), uri.substring(mark + 1));
    }

    /** Where it goes. */
    public S3Target target() {
        return target;
    }

    /** A header under the signature. */
    public SignedRequest header(String name, String value) {
        signed.put(name, value);
        return this;
    }

    /** A header line that the signature does not know. */
    public SignedRequest line(String line) {
        unsigned.add(line);
        return this;
    }

    /** The body, its length and its hash. */
    public SignedRequest body(byte[] content) {
        body = content.clone();
        signed.put("x-amz-content-sha256", sha256(content));
        return line("Content-Length: " + content.length);
    }

    /** The body without a length; {@code contentSha256} is the header's value. */
    public SignedRequest body(byte[] content, String contentSha256) {
        body = content.clone();
        signed.put("x-amz-content-sha256", contentSha256);
        return this;
    }

    public SignedRequest at(Instant other) {
        time = other;
        return this;
    }

    public SignedRequest protocol(String other) {
        protocol = other;
        return this;
    }

    /** Request line and headers, with the empty line. */
    public byte[] head() {
        signed.put("x-amz-date", TIME.format(time));
        String names = String.join(";", signed.keySet());
        String canonical = method
                + '\n'
                + path
                + '\n'
                + canonicalQuery()
                + '\n'
                + signed.entrySet().stream()
                        .map(header -> header.getKey() + ':' + header.getValue() + '\n')
                        .collect(Collectors.joining())
                + '\n'
                + names
                + '\n'
                + signed.get("x-amz-content-sha256");
        signature = sign("AWS4-HMAC-SHA256\n" + scopeLines() + sha256(canonical.getBytes(UTF_8)));
        List<String> lines = new ArrayList<>();
        lines.add(method + ' ' + path + (query.isEmpty() ? "" : '?' + query) + ' ' + protocol);
        signed.forEach((name, value) -> lines.add(name + ": " + value));
        lines.add("Authorization: AWS4-HMAC-SHA256 Credential=" + target.accessKey() + '/' + scope()
                + ", SignedHeaders=" + names + ", Signature=" + signature);
        lines.addAll(unsigned);
        return (String.join("\r\n", lines) + "\r\n\r\n").getBytes(UTF_8);
    }

    /** Head and body. */
    public byte[] bytes() {
        return join(head(), body);
    }

    /** The head as text. */
    public String text() {
        return new String(head(), UTF_8);
    }

    /**
     * Frames a body in signed {@code aws-chunked} chunks under the signature of the head last made.
     *
     * @param trailers {@code name:value} lines; signed too if there are any
     */
    public byte[] chunks(byte[] content, int chunkLength, String... trailers) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        String previous = signature;
        for (int offset = 0; ; offset += chunkLength) {
            byte[] chunk = Arrays.copyOfRange(
                    content, Math.min(offset, content.length), Math.min(offset + chunkLength, content.length));
            previous = sign("AWS4-HMAC-SHA256-PAYLOAD\n" + scopeLines() + previous + '\n' + sha256(new byte[0]) + '\n'
                    + sha256(chunk));
            out.writeBytes(
                    (Integer.toHexString(chunk.length) + ";chunk-signature=" + previous + "\r\n").getBytes(UTF_8));
            if (chunk.length == 0) {
                break;
            }
            out.writeBytes(chunk);
            out.writeBytes("\r\n".getBytes(UTF_8));
        }
        if (trailers.length > 0) {
            String lines = String.join("\n", trailers) + '\n';
            String last =
                    sign("AWS4-HMAC-SHA256-TRAILER\n" + scopeLines() + previous + '\n' + sha256(lines.getBytes(UTF_8)));
            out.writeBytes((lines.replace("\n", "\r\n") + "x-amz-trailer-signature:" + last + "\r\n").getBytes(UTF_8));
        }
        out.writeBytes("\r\n".getBytes(UTF_8));
        return out.toByteArray();
    }

    public static byte[] join(byte[] first, byte[] second) {
        byte[] joined = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, joined, first.length, second.length);
        return joined;
    }

    public static String sha256(byte[] data) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(data));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private String canonicalQuery() {
        List<String> parameters = new ArrayList<>(List.of(query.isEmpty() ? new String[0] : query.split("&")));
        parameters.replaceAll(parameter -> parameter.contains("=") ? parameter : parameter + '=');
        Collections.sort(parameters);
        return String.join("&", parameters);
    }

    private String scope() {
        return TIME.format(time).substring(0, 8) + '/' + S3Target.REGION + "/s3/aws4_request";
    }

    private String scopeLines() {
        return TIME.format(time) + '\n' + scope() + '\n';
    }

    private String sign(String text) {
        byte[] key = ("AWS4" + target.secretKey()).getBytes(UTF_8);
        for (String part : scope().split("/")) {
            key = hmac(key, part);
        }
        return HexFormat.of().formatHex(hmac(key, text));
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
