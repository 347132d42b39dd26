package io.sealward.gateway.form;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.sealward.gateway.s3.S3Error;
import io.sealward.gateway.s3.S3Exception;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** The fields of a form as the headers of a PUT, which they take the place of. */
public final class FormHeaders {
    private static final Set<String> OF_OBJECTS = Set.of(
            "cache-control",
            "content-type",
            "content-disposition",
            "content-encoding",
            "content-language",
            "content-md5",
            "expires");

    /** What the answer is to be. */
    private static final Set<String> OF_THE_ANSWER =
            Set.of("success_action_redirect", "redirect", "success_action_status");

    private static final Set<String> OF_THE_SIGNATURE =
            Set.of("x-amz-algorithm", "x-amz-credential", "x-amz-date", "x-amz-signature");

    private static final Pattern NAME = Pattern.compile("[a-z0-9!#$%&'*+.^_`|~-]+");
    private static final Pattern VALUE = Pattern.compile("[\\t\\x20-\\x7E\\x80-\\xFF]*");

    private FormHeaders() {}

    /**
     * Makes them.
     *
     * @param request of the form, of which the host stays
     * @throws S3Exception InvalidArgument for a field that could not be a header, NotImplemented
     */
    public static HttpHeaders of(FormFields form, HttpHeaders request, long fileLength) {
        if (form.find("tagging").isPresent()) {
            throw new S3Exception(
                    S3Error.NOT_IMPLEMENTED, "The field tagging is not implemented here: use x-amz-tagging.");
        }
        HttpHeaders headers = new DefaultHttpHeaders();
        for (String name : new String[] {"host", "x-forwarded-proto"}) {
            request.getAll(name).forEach(value -> headers.add(name, value));
        }
        for (Map.Entry<String, String> field : form.all().entrySet()) {
            String name = field.getKey();
            if (name.equals("acl")) {
                headers.set("x-amz-acl", value(field));
            } else if (OF_OBJECTS.contains(name)
                    || OF_THE_ANSWER.contains(name)
                    || (name.startsWith("x-amz-") && !OF_THE_SIGNATURE.contains(name))) {
                headers.set(name, value(field));
            }
        }
        return headers.set(HttpHeaderNames.CONTENT_LENGTH, fileLength);
    }

    /** One char for each byte of UTF-8, as headers are read. */
    private static String value(Map.Entry<String, String> field) {
        String value = new String(field.getValue().getBytes(UTF_8), ISO_8859_1);
        if (!NAME.matcher(field.getKey()).matches() || !VALUE.matcher(value).matches()) {
            throw new S3Exception(
                    S3Error.INVALID_ARGUMENT, "The field " + field.getKey() + " cannot be a header of the object.");
        }
        return value.trim();
    }
}
