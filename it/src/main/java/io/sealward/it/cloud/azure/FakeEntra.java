package io.sealward.it.cloud.azure;

import io.sealward.it.cloud.Faults;
import io.sealward.it.cloud.HttpsEndpoint.Answer;
import io.sealward.it.cloud.HttpsEndpoint.Request;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Microsoft Entra's token endpoint for client credentials.
 *
 * @see <a href="https://learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow">
 *     Client credentials flow</a>
 * @see <a href="https://learn.microsoft.com/entra/identity-platform/reference-error-codes">Entra error codes</a>
 */
final class FakeEntra {
    static final String TOKEN_PREFIX = "eyJ0eXAiOiJKV1QifQ.";
    static final String HOST = "login.microsoftonline.com";
    private static final Pattern TOKEN_PATH = Pattern.compile("/([^/]+)/oauth2/v2\\.0/token");
    private static final Pattern SCOPE =
            Pattern.compile("(?:^| )(https://(?:vault|managedhsm)\\.azure\\.net)/\\.default(?: |$)");
    private static final int TOKEN_LIFETIME_SECONDS = 3_600;

    private final FakeApplication application;
    private final Set<String> tenants = ConcurrentHashMap.newKeySet();
    private final Set<String> principals = ConcurrentHashMap.newKeySet();
    private final Map<String, Grant> tokens = new ConcurrentHashMap<>();
    private final Faults faults = new Faults();
    private volatile Optional<Answer> said = Optional.empty();

    /** What a token was given out for. */
    private record Grant(String tenantId, String resource) {}

    FakeEntra(FakeApplication application) {
        this.application = application;
    }

    Faults faults() {
        return faults;
    }

    void addTenant(String tenantId) {
        tenants.add(tenantId);
    }

    void createServicePrincipal(String tenantId) {
        principals.add(tenantId);
    }

    void deleteServicePrincipal(String tenantId) {
        principals.remove(tenantId);
    }

    /** Whether a token was given out by this tenant, for this service. */
    boolean gave(String token, String tenantId, String resource) {
        return new Grant(tenantId, resource).equals(tokens.get(token));
    }

    void answerAll(int status, String body) {
        said = Optional.of(new Answer(status, Map.of("Content-Type", "application/json"), body));
    }

    void forgetTokens() {
        tokens.clear();
    }

    Answer answer(Request request) {
        Matcher path = TOKEN_PATH.matcher(request.path());
        if (!path.matches() || !request.method().equals("POST")) {
            return Answer.json(404, Map.of("error", "not_found"));
        }
        if (said.isPresent()) {
            return said.get();
        }
        return switch (faults.next()) {
            case NONE -> token(path.group(1), request.form());
            case THROTTLE ->
                refusal(429, "temporarily_unavailable", "AADSTS90100: The server is temporarily too busy.")
                        .with("Retry-After", "1");
            case OUTAGE -> refusal(503, "temporarily_unavailable", "AADSTS90033: A transient error has occurred.");
            case GARBAGE ->
                new Answer(200, Map.of("Content-Type", "application/json"), "{\"access_token\":\"" + TOKEN_PREFIX);
        };
    }

    private Answer token(String tenantId, Map<String, String> form) {
        if (!"client_credentials".equals(form.get("grant_type"))) {
            return refusal(400, "unsupported_grant_type", "AADSTS70003: The grant type is not supported.");
        }
        if (!tenants.contains(tenantId)) {
            return refusal(400, "invalid_request", "AADSTS90002: Tenant '" + tenantId + "' not found.");
        }
        if (!application.clientId().equals(form.get("client_id"))) {
            return refusal(
                    400,
                    "unauthorized_client",
                    "AADSTS700016: Application with identifier '" + form.get("client_id")
                            + "' was not found in the directory '" + tenantId + "'.");
        }
        Optional<String> wrongCredential =
                application.refuse("https://" + HOST + "/" + tenantId + "/oauth2/v2.0/token", form);
        if (wrongCredential.isPresent()) {
            return refusal(401, "invalid_client", wrongCredential.get());
        }
        if (!principals.contains(tenantId)) {
            return refusal(
                    401,
                    "invalid_client",
                    "AADSTS7000229: The client application " + application.clientId()
                            + " is missing service principal in the tenant " + tenantId + ".");
        }
        Matcher scope = SCOPE.matcher(form.getOrDefault("scope", ""));
        if (!scope.find()) {
            return refusal(400, "invalid_scope", "AADSTS70011: The provided value for scope is not valid.");
        }
        String token = TOKEN_PREFIX + UUID.randomUUID();
        tokens.put(token, new Grant(tenantId, scope.group(1)));
        return Answer.json(
                200, Map.of("token_type", "Bearer", "expires_in", TOKEN_LIFETIME_SECONDS, "access_token", token));
    }

    private static Answer refusal(int status, String error, String description) {
        return Answer.json(status, Map.of("error", error, "error_description", description));
    }
}
