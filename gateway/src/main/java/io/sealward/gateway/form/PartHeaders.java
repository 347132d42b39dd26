package io.sealward.gateway.form;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the headers of a part say of a field: its name, and that of the file that it is. Source: RFC 7578 section 4.2. */
record PartHeaders(String name, String fileName) {
    static final PartHeaders NONE = new PartHeaders("", "");

    private static final Pattern DISPOSITION =
            Pattern.compile("(?im)^content-disposition:[ \\t]*form-data[ \\t]*(;[^\\r\\n]*)\\r?$");

    /** @throws io.sealward.gateway.s3.S3Exception MalformedPOSTRequest */
    static PartHeaders parse(String headers) {
        Matcher disposition = DISPOSITION.matcher(headers);
        if (!disposition.find()) {
            throw Form.malformed();
        }
        String parameters = disposition.group(1);
        String name =
                parameter(parameters, "name").filter(text -> !text.isEmpty()).orElseThrow(Form::malformed);
        return new PartHeaders(
                name,
                parameter(parameters, "filename")
                        .map(PartHeaders::withoutFolders)
                        .orElse(""));
    }

    /** Browsers escape a quotation mark as {@code %22}, others by a backslash. */
    private static Optional<String> parameter(String parameters, String name) {
        Matcher matcher = Pattern.compile("(?i);[ \\t]*" + name + "=(?:\"((?:[^\"\\\\]|\\\\.)*)\"|([^\\s;\"]+))")
                .matcher(parameters);
        if (!matcher.find()) {
            return Optional.empty();
        }
        return Optional.of(
                matcher.group(1) != null ? matcher.group(1).replaceAll("\\\\([\"\\\\])", "$1") : matcher.group(2));
    }

    /** Some browsers tell where the file was. */
    private static String withoutFolders(String path) {
        return path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
    }
}
