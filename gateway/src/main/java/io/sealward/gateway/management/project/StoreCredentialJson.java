package io.sealward.gateway.management.project;

import io.sealward.gateway.management.http.ApiException;
import io.sealward.gateway.management.http.JsonBody;
import io.sealward.gateway.tenant.StoreCredential;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** A project's own credential at the store. Its secret comes in and never goes out. */
final class StoreCredentialJson {
    static final String FIELD = "store_credential";

    private static final String ACCESS_KEY_ID = "access_key_id";
    private static final int MAX_ACCESS_KEY_ID_LENGTH = 128;
    private static final int MAX_SECRET_LENGTH = 256;
    /** What a credential scope can name: no blanks, commas or slashes. */
    private static final Pattern ACCESS_KEY = Pattern.compile("[!-+\\-.0-~]+");

    private StoreCredentialJson() {}

    /** Empty if it is absent or null. */
    static Optional<StoreCredential> read(JsonBody body) {
        return body.optionalObject(FIELD).map(given -> {
            String name = FIELD + "." + ACCESS_KEY_ID;
            String accessKeyId = given.text(name, MAX_ACCESS_KEY_ID_LENGTH);
            String secret = given.text(FIELD + ".secret_access_key", MAX_SECRET_LENGTH);
            given.rejectOthers();
            if (!ACCESS_KEY.matcher(accessKeyId).matches()) {
                throw ApiException.invalid(
                        name,
                        "invalid_value",
                        "Invalid '" + name + "': string does not match pattern. Expected a string that matches the"
                                + " pattern '^" + ACCESS_KEY + "$'.");
            }
            return new StoreCredential(accessKeyId, secret);
        });
    }

    static Map<String, Object> object(StoreCredential credential) {
        return Map.of(ACCESS_KEY_ID, credential.accessKeyId());
    }
}
