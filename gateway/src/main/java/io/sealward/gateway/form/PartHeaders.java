package io.sealward.gateway.form;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the headers of a part say of a field: its name, and that of the file that it is. Source: RFC 7578 section 4.2. */
record PartHeaders(String name, String fileName) {
    static final PartHeaders NONE = new PartHeaders("", "");

    private static final Pattern DISPOSITION =
            Pattern.compile("(?im)^content-disposition:[ \\t]*form-data[ \\t]*(;[^\\r\\n]*)\\r?$");

    /**
     * Browsers escape a quotation mark as {@code %22}, others by a backslash. Possessive, so that it takes a step for each
     * character and no stack.
     */
    private static final Pattern PARAMETER =
            Pattern.compile("\\G[ \\t]*+;[ \\t]*+([^\\s=;\"]*+)(?:=(?:\"((?:[^\"\\\\]|\\\\.)*+)\"|([^;\"]*+)))?");

    /** @throws io.sealward.gateway.s3.S3Exception MalformedPOSTRequest */
    static PartHeaders parse(String headers) {
        Matcher disposition = DISPOSITION.matcher(headers);
        if (!disposition.find()) {
            throw Form.malformed();
        }
        Map<String, String> parameters = parameters(disposition.group(1).stripTrailing());
        String name = parameters.getOrDefault("name", "");
        if (name.isEmpty()) {
            throw Form.malformed();
        }
        return new PartHeaders(name, withoutFolders(parameters.getOrDefault("filename", "")));
    }

    /** By name in lower case; of several the first. */
    private static Map<String, String> parameters(String text) {
        Map<String, String> parameters = new HashMap<>();
        Matcher parameter = PARAMETER.matcher(text);
        int end = 0;
        while (parameter.find()) {
            end = parameter.end();
            String value = parameter.group(2) != null
                    ? parameter.group(2).replaceAll("\\\\([\"\\\\])", "$1")
                    : Optional.ofNullable(parameter.group(3)).orElse("").strip();
            parameters.putIfAbsent(parameter.group(1).toLowerCase(Locale.ROOT), value);
        }
        if (end < text.length()) {
            throw Form.malformed();
        }
        return parameters;
    }

    /** Some browsers tell where the file was. */
    private static String withoutFolders(String path) {
        return path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
    }
}
