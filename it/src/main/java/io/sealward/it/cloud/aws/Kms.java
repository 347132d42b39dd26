package io.sealward.it.cloud.aws;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/** KMS Encrypt and Decrypt, API version 2014-11-01, over JSON 1.1. Symmetric keys, by key ARN. */
final class Kms {
    private static final int MAX_PLAINTEXT_BYTES = 4096;
    private static final int MAX_CIPHERTEXT_BYTES = 6144;

    private final ObjectMapper json = new ObjectMapper();
    private final Account account;

    Kms(Account account) {
        this.account = account;
    }

    String encrypt(AwsRequest request) throws AwsRefusal, GeneralSecurityException {
        JsonNode body = body(request);
        FakeKey key = authorize(request, body, "kms:Encrypt");
        byte[] plaintext = bytes(body, "Plaintext", MAX_PLAINTEXT_BYTES);
        byte[] blob = key.encrypt(plaintext, context(body));
        return answer(key, "CiphertextBlob", blob);
    }

    /** Never without a KeyId here: a caller that leaves it out takes any key's ciphertext. */
    String decrypt(AwsRequest request) throws AwsRefusal, GeneralSecurityException {
        JsonNode body = body(request);
        FakeKey key = authorize(request, body, "kms:Decrypt");
        byte[] plaintext = key.decrypt(bytes(body, "CiphertextBlob", MAX_CIPHERTEXT_BYTES), context(body));
        return answer(key, "Plaintext", plaintext);
    }

    /** The key that a request names, before anything is checked. */
    FakeKey keyOf(AwsRequest request) throws AwsRefusal {
        String arn = body(request).path("KeyId").asText();
        return account.key(arn)
                .orElseThrow(() -> new AwsRefusal(400, "NotFoundException", "Key '" + arn + "' does not exist"));
    }

    private FakeKey authorize(AwsRequest request, JsonNode body, String action)
            throws AwsRefusal, GeneralSecurityException {
        Signature signature = Signature.of(request);
        AssumedRole session = session(request, signature);
        signature.verify(request, session.key(), Instant.now());
        FakeKey key = keyOf(request);
        if (!key.arn().split(":", -1)[3].equals(signature.region())) {
            throw new AwsRefusal(400, "NotFoundException", "Invalid arn " + signature.region());
        }
        session.require(action, key.arn(), context(body));
        key.requireUsable();
        return key;
    }

    private AssumedRole session(AwsRequest request, Signature signature) throws AwsRefusal {
        if (signature.accessKeyId().equals(account.gateway().accessKeyId())) {
            throw new AwsRefusal(
                    400, "AccessDeniedException", "User: " + Sts.GATEWAY_ARN + " is not authorized to use KMS itself");
        }
        String token = request.header("x-amz-security-token").orElse("");
        AssumedRole session = account.session(signature.accessKeyId())
                .filter(known -> known.token().equals(token))
                .orElseThrow(() -> new AwsRefusal(
                        400, "UnrecognizedClientException", "The security token included in the request is invalid."));
        if (!Instant.now().isBefore(session.expires())) {
            throw new AwsRefusal(400, "ExpiredTokenException", "The security token included in the request is expired");
        }
        return session;
    }

    private JsonNode body(AwsRequest request) throws AwsRefusal {
        try {
            JsonNode body = json.readTree(request.body());
            if (body.isObject()) {
                return body;
            }
        } catch (JsonProcessingException garbled) {
            throw new AwsRefusal(400, "SerializationException", "The request is no JSON.");
        } catch (IOException impossible) {
            throw new AwsRefusal(500, "KMSInternalException", impossible.toString());
        }
        throw new AwsRefusal(400, "SerializationException", "The request is no JSON object.");
    }

    private static Map<String, String> context(JsonNode body) {
        Map<String, String> context = new HashMap<>();
        body.path("EncryptionContext")
                .properties()
                .forEach(entry -> context.put(entry.getKey(), entry.getValue().asText()));
        return context;
    }

    private static byte[] bytes(JsonNode body, String field, int most) throws AwsRefusal {
        try {
            byte[] bytes = Base64.getDecoder().decode(body.path(field).asText());
            if (bytes.length >= 1 && bytes.length <= most) {
                return bytes;
            }
        } catch (IllegalArgumentException garbled) {
            throw new AwsRefusal(400, "SerializationException", "'" + field + "' is no base64.");
        }
        throw new AwsRefusal(
                400, "ValidationException", "'" + field + "' must have length between 1 and " + most + " inclusive");
    }

    private String answer(FakeKey key, String field, byte[] bytes) {
        ObjectNode answer = json.createObjectNode();
        answer.put(field, Base64.getEncoder().encodeToString(bytes));
        answer.put("KeyId", key.arn());
        answer.put("EncryptionAlgorithm", "SYMMETRIC_DEFAULT");
        return answer.toString();
    }
}
