package io.sealward.gateway.recovery;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** User metadata of an object, as a JSON object of names and values, or as {@code aws s3api head-object} prints it. */
public final class MetadataFile {
    private static final String HEADER_PREFIX = "x-amz-meta-";

    private MetadataFile() {}

    /**
     * The metadata, names in lower case and without {@code x-amz-meta-}.
     *
     * @throws RecoveryException if the file holds none, or a name twice
     */
    public static Map<String, String> read(Path file) throws IOException {
        JsonNode document = parse(file);
        JsonNode entries = document.path("Metadata").isObject() ? document.get("Metadata") : document;
        if (!entries.isObject()) {
            throw unreadable(file);
        }
        Map<String, String> metadata = new HashMap<>();
        entries.properties().forEach(entry -> {
            String name = entry.getKey().toLowerCase(Locale.ROOT);
            String plain = name.startsWith(HEADER_PREFIX) ? name.substring(HEADER_PREFIX.length()) : name;
            if (entry.getValue().isTextual()
                    && metadata.put(plain, entry.getValue().textValue()) != null) {
                throw new RecoveryException(file + " holds " + plain + " twice");
            }
        });
        return metadata;
    }

    private static JsonNode parse(Path file) throws IOException {
        try {
            return JsonMapper.builder().build().readTree(Files.readString(file));
        } catch (JsonProcessingException | CharacterCodingException e) {
            throw unreadable(file);
        }
    }

    private static RecoveryException unreadable(Path file) {
        return new RecoveryException(file + " is not a JSON object of metadata names and values");
    }
}
