package io.sealward.providers.setup;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text file with {@code @name@} where a value goes and {@code @file:name@} where another template goes, with the
 * indentation of its line.
 */
public final class Template {
    private static final Pattern PLACE = Pattern.compile("(?m)(^[ \\t]*)?@(file:)?([a-z0-9_.-]+)@");

    private final Class<?> room;
    private final Map<String, String> values;

    /**
     * Templates of one provider.
     *
     * @param room a class in whose package the files lie
     */
    public Template(Class<?> room, Map<String, String> values) {
        this.room = room;
        this.values = Map.copyOf(values);
    }

    /** The file, with every place filled in. */
    public String fill(String file) {
        return PLACE.matcher(resource(file)).replaceAll(place -> Matcher.quoteReplacement(replacement(place, file)));
    }

    private String replacement(MatchResult place, String file) {
        String indentation = place.group(1) == null ? "" : place.group(1);
        String name = place.group(3);
        if (place.group(2) != null) {
            return indentation + fill(name).strip().replace("\n", "\n" + indentation);
        }
        String value = values.get(name);
        if (value == null) {
            throw new IllegalStateException(file + " asks for '" + name + "', which has no value");
        }
        return indentation + value;
    }

    private String resource(String name) {
        try (InputStream in = room.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the jar lacks the template " + name);
            }
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
