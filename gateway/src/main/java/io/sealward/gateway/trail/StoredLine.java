package io.sealward.gateway.trail;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line as it stands in a file.
 *
 * @param body what its hash covers
 */
record StoredLine(long number, String body, String hash) {
    private static final Pattern LINE =
            Pattern.compile("(\\{\"n\":([1-9][0-9]{0,17}),.*),\"chain\":\"([0-9a-f]{64})\"}", Pattern.DOTALL);
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Empty if no gateway has written it so. */
    static Optional<StoredLine> of(String line) {
        Matcher parts = LINE.matcher(line);
        return parts.matches()
                ? Optional.of(new StoredLine(Long.parseLong(parts.group(2)), parts.group(1), parts.group(3)))
                : Optional.empty();
    }

    Link link() {
        return new Link(number, hash);
    }

    /** Whether it is what was written behind that link. */
    boolean follows(Link before) {
        return before.after(body.getBytes(UTF_8)).equals(link());
    }

    /** What this first line of a file says it follows. */
    Link previous() {
        return new Link(number - 1, text("previous"));
    }

    /** Whether it signs the lines before it. */
    boolean isHead() {
        return body.contains("\"type\":\"trail.head\"") && text("type").equals("trail.head");
    }

    /** A member of the line; empty text if there is none. */
    String text(String member) {
        return json().path(member).asText();
    }

    long number(String member) {
        return json().path(member).asLong();
    }

    private JsonNode json() {
        try {
            return JSON.readTree(body + "}");
        } catch (JsonProcessingException e) {
            return JSON.createObjectNode();
        }
    }
}
