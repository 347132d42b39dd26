package io.sealward.it.cloud.aws;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The SigV4 signature of a request, as its Authorization header says it (IAM User Guide, "Create a signed AWS API
 * request"). Written for POST to {@code /} without a query, which is all that STS and KMS take.
 */
record Signature(
        String accessKeyId, String date, String region, String service, List<String> signedHeaders, String hex) {
    private static final Pattern AUTHORIZATION = Pattern.compile("AWS4-HMAC-SHA256 Credential=([A-Z0-9]+)/([0-9]{8})/"
            + "([a-z0-9-]+)/([a-z]+)/aws4_request, ?SignedHeaders=([a-z0-9;-]+), ?Signature=([0-9a-f]{64})");
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final Duration SKEW = Duration.ofMinutes(15);

    static Signature of(AwsRequest request) throws AwsRefusal {
        Matcher said = AUTHORIZATION.matcher(request.header("authorization").orElse(""));
        if (!said.matches()) {
            throw new AwsRefusal(
                    request.isKms() ? 400 : 403,
                    request.isKms() ? "MissingAuthenticationTokenException" : "MissingAuthenticationToken",
                    "Request is missing Authentication Token");
        }
        return new Signature(
                said.group(1),
                said.group(2),
                said.group(3),
                said.group(4),
                List.of(said.group(5).split(";")),
                said.group(6));
    }

    /** Recomputes the signature over what arrived; a signature of anything else does not hold. */
    void verify(AwsRequest request, SigningKey key, Instant now) throws AwsRefusal, GeneralSecurityException {
        String timestamp = request.header("x-amz-date").orElse("");
        String wanted = request.isKms() ? "kms" : "sts";
        if (!service.equals(wanted)) {
            throw mismatch(request, "Credential should be scoped to correct service: '" + wanted + "'.");
        }
        if (!timestamp.startsWith(date) || tooFar(timestamp, now)) {
            throw mismatch(request, "Signature expired or not yet current: " + timestamp);
        }
        for (String header : request.headers().keySet()) {
            if ((header.equals("host") || header.startsWith("x-amz-")) && !signedHeaders.contains(header)) {
                throw mismatch(request, "'" + header + "' must be a signed header.");
            }
        }
        byte[] computed = hmac(signingKey(key), toSign(request, timestamp));
        if (!MessageDigest.isEqual(computed, HexFormat.of().parseHex(hex))) {
            throw mismatch(
                    request,
                    "The request signature we calculated does not match the signature you provided. The canonical string"
                            + " for this request should have been '" + canonical(request) + "'");
        }
    }

    private String toSign(AwsRequest request, String timestamp) throws GeneralSecurityException {
        return "AWS4-HMAC-SHA256\n" + timestamp + "\n" + date + "/" + region + "/" + service + "/aws4_request\n"
                + sha256(canonical(request).getBytes(UTF_8));
    }

    private String canonical(AwsRequest request) throws GeneralSecurityException {
        StringBuilder canonical = new StringBuilder()
                .append(request.method())
                .append('\n')
                .append(request.path())
                .append('\n')
                .append(request.query())
                .append('\n');
        for (String name : signedHeaders) {
            String value = request.header(name).orElse("").strip().replaceAll(" +", " ");
            canonical.append(name).append(':').append(value).append('\n');
        }
        return canonical
                .append('\n')
                .append(String.join(";", signedHeaders))
                .append('\n')
                .append(sha256(request.body()))
                .toString();
    }

    private byte[] signingKey(SigningKey key) throws GeneralSecurityException {
        byte[] derived = ("AWS4" + key.secret()).getBytes(UTF_8);
        for (String part : Arrays.asList(date, region, service, "aws4_request")) {
            derived = hmac(derived, part);
        }
        return derived;
    }

    private static boolean tooFar(String timestamp, Instant now) {
        try {
            Instant signed = DATE.parse(timestamp, Instant::from);
            return Duration.between(signed, now).abs().compareTo(SKEW) > 0;
        } catch (DateTimeParseException garbled) {
            return true;
        }
    }

    private static AwsRefusal mismatch(AwsRequest request, String message) {
        return request.isKms()
                ? new AwsRefusal(400, "InvalidSignatureException", message)
                : new AwsRefusal(403, "SignatureDoesNotMatch", message);
    }

    private static byte[] hmac(byte[] key, String text) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(text.getBytes(UTF_8));
    }

    private static String sha256(byte[] bytes) throws GeneralSecurityException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }
}
