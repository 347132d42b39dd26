package io.sealward.it.cloud.aws;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** STS AssumeRole, API version 2011-06-15, over the query protocol. */
final class Sts {
    /** Where the gateway lives, as tenants name it in their trust policies. */
    static final String GATEWAY_ARN = "arn:aws:iam::999999999999:user/sealward-gateway";

    private static final Pattern SESSION_NAME = Pattern.compile("[\\w+=,.@-]{2,64}");
    private static final Pattern EXTERNAL_ID = Pattern.compile("[\\w+=,.@:/-]{2,1224}");
    private static final int SHORTEST_SECONDS = 900;
    private static final int LONGEST_SECONDS = 3600;

    private final ObjectMapper json = new ObjectMapper();
    private final SecureRandom random = new SecureRandom();
    private final Account account;
    private volatile Optional<Duration> sessionLife = Optional.empty();

    Sts(Account account) {
        this.account = account;
    }

    /** Whatever the caller asks for, sessions last so long. */
    void sessionsLast(Duration life) {
        sessionLife = Optional.of(life);
    }

    String assumeRole(AwsRequest request) throws AwsRefusal, GeneralSecurityException {
        authenticate(request);
        Map<String, String> form = request.form();
        String arn = form.getOrDefault("RoleArn", "");
        String name = form.getOrDefault("RoleSessionName", "");
        Optional<String> externalId = Optional.ofNullable(form.get("ExternalId"));
        require(form.getOrDefault("Version", "").equals("2011-06-15"), "Version");
        require(SESSION_NAME.matcher(name).matches(), "roleSessionName");
        require(externalId.isEmpty() || EXTERNAL_ID.matcher(externalId.get()).matches(), "externalId");
        Duration life = life(form.getOrDefault("DurationSeconds", "3600"));
        Optional<List<AwsGrant>> policy =
                form.containsKey("Policy") ? Optional.of(parse(form.get("Policy"))) : Optional.empty();

        // A role that is not there and one that does not trust the caller are the same to the caller.
        FakeRole role = account.role(arn)
                .filter(known -> known.trusts(externalId))
                .orElseThrow(() -> new AwsRefusal(
                        403,
                        "AccessDenied",
                        "User: " + GATEWAY_ARN + " is not authorized to perform: sts:AssumeRole on resource: " + arn));
        Instant expires = Instant.now().plus(sessionLife.orElse(life)).truncatedTo(ChronoUnit.SECONDS);
        return answer(open(role, name, policy, expires));
    }

    AssumedRole open(FakeRole role, String name, Optional<List<AwsGrant>> policy, Instant expires) {
        SigningKey key = new SigningKey("ASIA" + hex(8).toUpperCase(Locale.ROOT), hex(20));
        AssumedRole session = new AssumedRole(key, hex(64), role, name, policy, expires);
        account.add(session);
        return session;
    }

    private void authenticate(AwsRequest request) throws AwsRefusal, GeneralSecurityException {
        Signature signature = Signature.of(request);
        if (!signature.accessKeyId().equals(account.gateway().accessKeyId())) {
            throw new AwsRefusal(403, "InvalidClientTokenId", "The security token included in the request is invalid.");
        }
        signature.verify(request, account.gateway(), Instant.now());
    }

    private static Duration life(String seconds) throws AwsRefusal {
        require(seconds.matches("[0-9]{1,6}"), "durationSeconds");
        int asked = Integer.parseInt(seconds);
        require(asked >= SHORTEST_SECONDS && asked <= LONGEST_SECONDS, "durationSeconds");
        return Duration.ofSeconds(asked);
    }

    private List<AwsGrant> parse(String policy) throws AwsRefusal {
        try {
            List<AwsGrant> grants = new ArrayList<>();
            for (JsonNode statement : json.readTree(policy).path("Statement")) {
                if (!statement.path("Effect").asText().equals("Allow") || statement.has("Condition")) {
                    throw malformed();
                }
                Set<String> actions = new TreeSet<>();
                statement.path("Action").forEach(action -> actions.add(action.asText()));
                grants.add(new AwsGrant(actions, statement.path("Resource").asText(), Map.of()));
            }
            return grants;
        } catch (JsonProcessingException garbled) {
            throw malformed();
        }
    }

    private static AwsRefusal malformed() {
        return new AwsRefusal(400, "MalformedPolicyDocument", "The policy is not in the valid JSON format.");
    }

    private static void require(boolean holds, String field) throws AwsRefusal {
        if (!holds) {
            throw new AwsRefusal(
                    400, "ValidationError", "1 validation error detected: Value at '" + field + "' is not valid");
        }
    }

    private static String answer(AssumedRole session) {
        return "<AssumeRoleResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><AssumeRoleResult><Credentials>"
                + "<AccessKeyId>" + session.key().accessKeyId() + "</AccessKeyId>"
                + "<SecretAccessKey>" + session.key().secret() + "</SecretAccessKey>"
                + "<SessionToken>" + session.token() + "</SessionToken>"
                + "<Expiration>" + session.expires() + "</Expiration></Credentials>"
                + "<AssumedRoleUser><Arn>" + session.arn() + "</Arn><AssumedRoleId>AROA:" + session.name()
                + "</AssumedRoleId></AssumedRoleUser></AssumeRoleResult>"
                + "<ResponseMetadata><RequestId>fake</RequestId></ResponseMetadata></AssumeRoleResponse>";
    }

    private String hex(int bytes) {
        byte[] made = new byte[bytes];
        random.nextBytes(made);
        return HexFormat.of().formatHex(made);
    }
}
