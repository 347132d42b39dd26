package io.sealward.gateway.form;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.sealward.gateway.s3.Decimal;
import io.sealward.gateway.s3.S3Error;
import io.sealward.gateway.s3.S3Exception;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the sender of a form may send until when, as whoever signed it has said. Source: Amazon S3 API Reference, "POST
 * Policy".
 */
public final class PostPolicy {
    private static final ObjectReader JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build()
            .reader();

    /** Fields that no condition need be about: those of the signature, and by their prefix those that nobody reads. */
    private static final Set<String> FREE = Set.of("policy", "x-amz-signature");

    private static final String IGNORED = "x-ignore-";

    private final Instant expiration;
    private final JsonNode conditions;

    private PostPolicy(Instant expiration, JsonNode conditions) {
        this.expiration = expiration;
        this.conditions = conditions;
    }

    /**
     * Reads a policy.
     *
     * @param base64 as the field has it
     * @throws S3Exception InvalidPolicyDocument
     */
    public static PostPolicy parse(String base64) {
        try {
            JsonNode policy = JSON.readTree(Base64.getMimeDecoder().decode(base64));
            JsonNode expiration = policy.path("expiration");
            JsonNode conditions = policy.path("conditions");
            if (!policy.isObject() || !expiration.isTextual() || !conditions.isArray()) {
                throw invalid("expiration or conditions are missing");
            }
            return new PostPolicy(Instant.parse(expiration.textValue()), conditions);
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw invalid("it is not JSON in base64");
        } catch (DateTimeException e) {
            throw invalid("its expiration is no time");
        } catch (IOException e) {
            throw invalid("it cannot be read");
        }
    }

    /**
     * Holds a form against the policy: it has not expired, each condition holds, and each field and the bucket are under one.
     *
     * @param fileLength bytes of the file
     * @throws S3Exception AccessDenied, EntityTooLarge, EntityTooSmall, InvalidPolicyDocument
     */
    public void check(FormFields form, String bucket, long fileLength, Instant now) {
        if (now.isAfter(expiration)) {
            throw denied("Policy expired.");
        }
        Set<String> covered = new HashSet<>();
        for (JsonNode condition : conditions) {
            if (condition.isObject()) {
                for (Map.Entry<String, JsonNode> exact : condition.properties()) {
                    String field = exact.getKey().toLowerCase(Locale.ROOT);
                    require(value(form, bucket, field).filter(text(exact.getValue())::equals), condition);
                    covered.add(field);
                }
            } else if (condition.isArray() && condition.size() == 3) {
                operator(condition, form, bucket, fileLength, covered);
            } else {
                throw invalid("a condition is neither an object nor three words");
            }
        }
        Set<String> fields = new TreeSet<>(form.all().keySet());
        fields.add("bucket"); // which the URL tells
        for (String field : fields) {
            if (!covered.contains(field) && !FREE.contains(field) && !field.startsWith(IGNORED)) {
                throw denied("Extra input fields: " + field);
            }
        }
    }

    private static void operator(
            JsonNode condition, FormFields form, String bucket, long fileLength, Set<String> covered) {
        switch (text(condition.get(0)).toLowerCase(Locale.ROOT)) {
            case "eq" -> {
                String field = field(condition);
                require(value(form, bucket, field).filter(text(condition.get(2))::equals), condition);
                covered.add(field);
            }
            case "starts-with" -> {
                String field = field(condition);
                String prefix = text(condition.get(2));
                require(value(form, bucket, field).filter(value -> value.startsWith(prefix)), condition);
                covered.add(field);
            }
            case "content-length-range" -> {
                if (fileLength < bytes(condition.get(1))) {
                    throw new S3Exception(S3Error.ENTITY_TOO_SMALL);
                }
                if (fileLength > bytes(condition.get(2))) {
                    throw new S3Exception(S3Error.ENTITY_TOO_LARGE);
                }
            }
            default -> throw invalid("a condition is none of eq, starts-with and content-length-range");
        }
    }

    /** The bucket is told by the URL. */
    private static Optional<String> value(FormFields form, String bucket, String field) {
        return field.equals("bucket") ? Optional.of(bucket) : form.find(field);
    }

    private static String field(JsonNode condition) {
        String variable = text(condition.get(1));
        if (!variable.startsWith("$")) {
            throw invalid("a field in a condition begins with $");
        }
        return variable.substring(1).toLowerCase(Locale.ROOT);
    }

    private static String text(JsonNode word) {
        if (!word.isValueNode() || word.isNull()) {
            throw invalid("a word of a condition is no text");
        }
        return word.asText();
    }

    private static long bytes(JsonNode word) {
        return Decimal.parse(text(word)).orElseThrow(() -> invalid("a length is not a number of bytes"));
    }

    private static void require(Optional<String> held, JsonNode condition) {
        if (held.isEmpty()) {
            throw denied("Policy Condition failed: " + condition);
        }
    }

    private static S3Exception denied(String why) {
        return new S3Exception(S3Error.ACCESS_DENIED, "Invalid according to Policy: " + why);
    }

    private static S3Exception invalid(String why) {
        return new S3Exception(S3Error.INVALID_POLICY_DOCUMENT, "Invalid Policy: " + why + '.');
    }
}
