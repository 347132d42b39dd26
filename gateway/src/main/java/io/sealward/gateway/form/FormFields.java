package io.sealward.gateway.form;

import io.sealward.gateway.s3.S3Error;
import io.sealward.gateway.s3.S3Exception;
import io.sealward.gateway.sigv4.PolicySignature;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The fields of a form before its file, by name in lower case, with the file's name in the place of its variable. */
public final class FormFields implements PolicySignature.Fields {
    private static final String FILE_NAME = "${filename}";

    private final Map<String, String> values = new TreeMap<>();

    FormFields(Map<String, String> fields, String fileName) {
        fields.forEach((name, value) -> values.put(name, value.replace(FILE_NAME, fileName)));
    }

    @Override
    public Optional<String> find(String name) {
        return Optional.ofNullable(values.get(name));
    }

    @Override
    public String require(String name) {
        return find(name)
                .orElseThrow(() -> new S3Exception(
                        S3Error.INVALID_ARGUMENT,
                        "Bucket POST must contain a field named '" + name
                                + "'. If it is specified, please check the order of the fields."));
    }

    /** All of them, in the order of their names. */
    public Map<String, String> all() {
        return Map.copyOf(values);
    }
}
