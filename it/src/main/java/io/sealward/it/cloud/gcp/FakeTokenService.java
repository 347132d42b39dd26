package io.sealward.it.cloud.gcp;

import io.sealward.it.cloud.Faults;
import io.sealward.it.cloud.HttpsEndpoint.Answer;
import io.sealward.it.cloud.HttpsEndpoint.Request;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The Security Token Service: {@code POST https://sts.googleapis.com/v1/token}.
 *
 * @see <a href="https://cloud.google.com/iam/docs/reference/sts/rest/v1/TopLevel/token">Security Token Service, token</a>
 */
final class FakeTokenService {
    static final String HOST = "sts.googleapis.com";

    private final Map<String, FakePool> pools = new ConcurrentHashMap<>();
    private final Faults faults = new Faults();
    private volatile Optional<Answer> said = Optional.empty();

    void add(FakePool pool) {
        pools.put(pool.resourceName(), pool);
    }

    void remove(FakePool pool) {
        pools.remove(pool.resourceName());
    }

    Faults faults() {
        return faults;
    }

    void answerAll(int status, String body) {
        said = Optional.of(new Answer(status, Map.of("Content-Type", "application/json"), body));
    }

    /** The principal that a live access token stands for. */
    Optional<String> principalOf(String accessToken) {
        return pools.values().stream()
                .flatMap(pool -> pool.principalOf(accessToken).stream())
                .findFirst();
    }

    Answer answer(Request request) {
        if (!List.of(HOST, FakeGcp.PRIVATE_HOST).contains(request.host())
                || !request.path().equals("/v1/token")
                || !request.method().equals("POST")) {
            return Answer.json(404, Map.of("error", "not_found"));
        }
        if (said.isPresent()) {
            return said.get();
        }
        return switch (faults.next()) {
            case NONE -> exchange(request.form());
            case THROTTLE -> Answer.json(429, Map.of("error", "rate_limit_exceeded"));
            case OUTAGE -> Answer.json(503, Map.of("error", "temporarily_unavailable"));
            case GARBAGE ->
                new Answer(
                        200,
                        Map.of("Content-Type", "application/json"),
                        "{\"access_token\":\"" + FakePool.TOKEN_PREFIX);
        };
    }

    private Answer exchange(Map<String, String> form) {
        if (!"urn:ietf:params:oauth:grant-type:token-exchange".equals(form.get("grant_type"))
                || !"urn:ietf:params:oauth:token-type:jwt".equals(form.get("subject_token_type"))
                || !"urn:ietf:params:oauth:token-type:access_token".equals(form.get("requested_token_type"))) {
            return refusal("invalid_request", "The grant type or a token type is not supported.");
        }
        FakePool pool = pools.get(form.getOrDefault("audience", ""));
        if (pool == null) {
            return refusal(
                    "invalid_request",
                    "Invalid value for \"audience\". This value should be the full resource name"
                            + " of the Identity Provider.");
        }
        String subjectToken = form.getOrDefault("subject_token", "");
        Optional<FakePool.Refusal> refused = pool.refuse(subjectToken);
        if (refused.isPresent()) {
            return refusal(refused.get().error(), refused.get().description());
        }
        return Answer.json(
                200,
                Map.of(
                        "access_token",
                        pool.issue(subjectToken),
                        "issued_token_type",
                        "urn:ietf:params:oauth:token-type:access_token",
                        "token_type",
                        "Bearer",
                        "expires_in",
                        pool.tokenLifetime().toSeconds()));
    }

    private static Answer refusal(String error, String description) {
        return Answer.json(400, Map.of("error", error, "error_description", description));
    }
}
