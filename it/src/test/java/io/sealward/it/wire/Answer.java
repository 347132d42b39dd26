package io.sealward.it.wire;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An answer as it came.
 *
 * @param headers names in lower case
 */
public record Answer(int status, Map<String, String> headers, String body) {
    private static final Pattern ERROR = Pattern.compile(
            "<\\?xml version=\"1.0\" encoding=\"UTF-8\"\\?>\\s*<Error><Code>([A-Za-z0-9.]+)</Code><Message>[^<]+</Message>"
                    + "<Resource>[^<]*</Resource><RequestId>[0-9A-Za-z]+</RequestId></Error>");

    /** The code, if the body is an error document of S3 and nothing else; else the empty text. */
    public String code() {
        Matcher error = ERROR.matcher(body);
        return error.matches() && "application/xml".equals(headers.get("content-type")) ? error.group(1) : "";
    }

    /** Status and code, as in {@code 403 AccessDenied}. */
    public String outcome() {
        return code().isEmpty() ? Integer.toString(status) : status + " " + code();
    }

    public boolean announcesClose() {
        return "close".equalsIgnoreCase(headers.get("connection"));
    }
}
