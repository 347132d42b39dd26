package io.sealward.it.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealward.providers.KmsException;
import java.util.List;
import java.util.regex.Pattern;

/** What no service of a cloud would answer, and what an administrator must never read because of it. */
public final class OddAnswers {
    /** Bodies: nothing, no JSON, JSON of the wrong shape, and errors without, or with odd, codes and messages. */
    public static final List<String> BODIES = List.of(
            "",
            "null",
            "[]",
            "{}",
            "\"text\"",
            "{\"error\":null}",
            "{\"error\":\"text\"}",
            "{\"error\":{}}",
            "{\"error\":{\"code\":null,\"message\":null,\"innererror\":null}}",
            "{\"error\":{\"code\":403,\"message\":\"words of the cloud\",\"status\":\"PERMISSION_DENIED\"}}",
            "{\"error\":{\"code\":\"Forbidden\",\"message\":[]}}",
            "{\"error\":[],\"error_description\":{}}",
            "{\"error\":null,\"error_description\":null}",
            "{\"error\":\"invalid_grant\",\"error_description\":null}",
            "{\"error\":\"invalid_grant\",\"error_description\":7}",
            "{\"__type\":null,\"message\":null}",
            "{\"__type\":\"\",\"message\":\"\"}",
            "{\"__type\":\"AccessDeniedException\"}",
            "{\"__type\":\"KMSInvalidStateException\",\"message\":null}",
            "{\"__type\":7,\"Message\":{}}",
            "{\"access_token\":null,\"expires_in\":\"soon\"}",
            "{\"access_token\":7,\"token_type\":null,\"expires_in\":null}",
            "{\"KeyId\":null,\"Plaintext\":null,\"CiphertextBlob\":null}",
            "{\"KeyId\":7,\"Plaintext\":{},\"CiphertextBlob\":[]}",
            "{\"kid\":null,\"value\":null}",
            "{\"kid\":7,\"value\":{}}",
            "{\"key\":null,\"attributes\":null}",
            "{\"key\":{},\"attributes\":{}}",
            "{\"key\":{\"kid\":null,\"kty\":null,\"key_ops\":null},\"attributes\":{\"enabled\":null}}",
            "<html>a proxy on the way</html>",
            "<ErrorResponse><Error><Code/><Message/></Error></ErrorResponse>",
            "<AssumeRoleResponse/>",
            "<AssumeRoleResponse><AssumeRoleResult><Credentials/></AssumeRoleResult></AssumeRoleResponse>",
            "{\"unfinished");

    public static final List<Integer> STATUSES = List.of(200, 204, 302, 400, 401, 403, 404, 429, 500, 503);

    private static final Pattern JAVA = Pattern.compile(
            "\\b(java|javax|jdk|sun|com|org|io|reactor|software)\\.[a-z0-9]+\\.|\\bclass |@[0-9a-f]{5,}|\\[L?[a-z]*;|#[0-9]+,");

    private OddAnswers() {}

    /** That a failure is told in words. */
    public static void requireReadable(KmsException failure, String after) {
        String text = failure.getMessage();
        assertThat(text)
                .as(after)
                .isNotBlank()
                .doesNotContainPattern("\\bnull\\b")
                .doesNotContainPattern(JAVA);
    }
}
