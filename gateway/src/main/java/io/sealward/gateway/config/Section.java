package io.sealward.gateway.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * One mapping of the file while it is read. Every key must be asked for before {@link #end()}, which refuses those that
 * nobody knows.
 */
final class Section {
    private static final String H2_FILE = "jdbc:h2:file:";

    private final ConfigSource source;
    private final Node node;
    private final String path;
    private final Map<String, NodeTuple> unread = new LinkedHashMap<>();
    private final TreeSet<String> known = new TreeSet<>();

    Section(ConfigSource source, Node node, String path) {
        this.source = source;
        this.node = node;
        this.path = path;
        if (!(node instanceof MappingNode mapping)) {
            throw source.error(node, path, "must hold keys and values");
        }
        for (NodeTuple entry : mapping.getValue()) {
            if (!(entry.getKeyNode() instanceof ScalarNode key)) {
                throw source.error(entry.getKeyNode(), path, "a key must be a plain word");
            }
            if (unread.put(key.getValue(), entry) != null) {
                throw source.error(key, name(key.getValue()), "is given twice");
            }
        }
    }

    /** Those that were asked for. */
    Set<String> known() {
        return Collections.unmodifiableSet(known);
    }

    /** Refuses keys that were never asked for. */
    void end() {
        unread.values().stream().findFirst().ifPresent(entry -> {
            ScalarNode key = (ScalarNode) entry.getKeyNode();
            throw source.error(key, name(key.getValue()), "is not known; allowed here: " + String.join(", ", known));
        });
    }

    Optional<Section> section(String key) {
        return take(key).map(value -> new Section(source, value, name(key)));
    }

    List<Section> sections(String key) {
        return items(key, item -> new Section(source, item, name(key)));
    }

    List<String> texts(String key, Pattern allowed, String explanation) {
        return items(key, item -> matching(item, key, allowed, explanation));
    }

    Optional<String> text(String key, Pattern allowed, String explanation) {
        return take(key).map(value -> matching(value, key, allowed, explanation));
    }

    Optional<Secret> secret(String key) {
        return take(key).map(value -> source.secret(value, name(key), scalar(value, key)));
    }

    /** A secret from the environment or from a file: one that must not stand in the configuration itself. */
    Optional<Secret> secretKeptElsewhere(String key) {
        return take(key).map(value -> {
            String text = scalar(value, key);
            if (!ConfigSource.refers(text)) {
                throw source.error(value, name(key), "must be ${ENV:NAME} or file:path, not the secret itself");
            }
            return source.secret(value, name(key), text);
        });
    }

    /** A secret that is not too short to be one. */
    Optional<Secret> secret(String key, int minBytes) {
        return take(key).map(value -> secret(value, key, minBytes));
    }

    /** Secrets, each as {@link #secret(String, int)} takes one. */
    List<Secret> secrets(String key, int minBytes) {
        return items(key, item -> secret(item, key, minBytes));
    }

    private Secret secret(Node value, String key, int minBytes) {
        Secret secret = source.secret(value, name(key), scalar(value, key));
        if (secret.value().getBytes(StandardCharsets.UTF_8).length < minBytes) {
            throw source.error(value, name(key), "must have at least " + minBytes + " bytes");
        }
        return secret;
    }

    /** The address of a database; the path of an embedded one is relative to the file's folder like any other. */
    Optional<String> jdbcUrl(String key, Pattern allowed, String explanation) {
        return text(key, allowed, explanation).map(url -> {
            String path = url.startsWith(H2_FILE) ? url.substring(H2_FILE.length()) : "~";
            return path.startsWith("~") ? url : H2_FILE + source.resolve(path);
        });
    }

    /** A path with a placeholder in it, relative to the file's folder like any other. */
    Optional<String> pathTemplate(String key, Pattern allowed, String explanation) {
        return text(key, allowed, explanation)
                .map(template -> source.resolve(template).toString());
    }

    /** A value of any shape, as JSON in which every plain value is a string. */
    Optional<String> json(String key) {
        return take(key).map(value -> YamlAsJson.of(source, value, name(key)));
    }

    Optional<Path> path(String key) {
        return take(key).map(value -> source.resolve(scalar(value, key)));
    }

    /** A file that must be there. */
    Optional<Path> file(String key) {
        return take(key).map(value -> {
            Path file = source.resolve(scalar(value, key));
            if (!Files.isReadable(file)) {
                throw source.error(value, name(key), "cannot read the file " + file);
            }
            return file;
        });
    }

    Optional<Integer> integer(String key, int min, int max) {
        return take(key).map(value -> {
            try {
                int number = Integer.parseInt(scalar(value, key));
                if (number >= min && number <= max) {
                    return number;
                }
            } catch (NumberFormatException e) {
                // told below, like a number out of range
            }
            throw source.error(value, name(key), "must be a whole number from " + min + " to " + max);
        });
    }

    Optional<Duration> duration(String key, Duration min, Duration max) {
        return take(key).map(value -> Quantities.duration(scalar(value, key))
                .filter(given -> given.compareTo(min) >= 0 && given.compareTo(max) <= 0)
                .orElseThrow(() -> source.error(
                        value,
                        name(key),
                        "must be a time such as 500ms, 30s, 5m or 1h, from " + Quantities.text(min) + " to "
                                + Quantities.text(max))));
    }

    /** A number of bytes. */
    Optional<Integer> size(String key, int min, int max) {
        return take(key).map(value -> Quantities.bytes(scalar(value, key))
                .filter(given -> given >= min && given <= max)
                .orElseThrow(() -> source.error(
                        value,
                        name(key),
                        "must be a size such as 512B, 64KiB or 1MiB, from " + min + "B to " + max + "B"))
                .intValue());
    }

    Optional<URI> endpoint(String key) {
        return take(key).map(value -> {
            try {
                URI uri = new URI(scalar(value, key));
                boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
                String rest = uri.getRawPath() == null ? "" : uri.getRawPath();
                boolean bare = (rest.isEmpty() || rest.equals("/"))
                        && uri.getRawQuery() == null
                        && uri.getRawFragment() == null
                        && uri.getRawUserInfo() == null;
                if (web && bare && uri.getHost() != null) {
                    return rest.isEmpty()
                            ? uri
                            : new URI(uri.toString().substring(0, uri.toString().length() - 1));
                }
            } catch (URISyntaxException e) {
                // told below, like any other thing that is no address
            }
            throw source.error(value, name(key), "must be http://host[:port] or https://host[:port]");
        });
    }

    Optional<URI> httpsEndpoint(String key) {
        return endpoint(key, "https");
    }

    Optional<URI> httpEndpoint(String key) {
        return endpoint(key, "http");
    }

    private Optional<URI> endpoint(String key, String scheme) {
        return endpoint(key).map(uri -> {
            if (!uri.getScheme().equals(scheme)) {
                throw error(key, "must be " + scheme + "://host[:port]");
            }
            return uri;
        });
    }

    <E extends Enum<E>> Optional<E> choice(String key, Class<E> type) {
        return take(key).map(value -> {
            String given = scalar(value, key);
            return Stream.of(type.getEnumConstants())
                    .filter(constant -> word(constant).equals(given))
                    .findFirst()
                    .orElseThrow(() -> source.error(
                            value,
                            name(key),
                            "must be one of "
                                    + Stream.of(type.getEnumConstants())
                                            .map(Section::word)
                                            .collect(Collectors.joining(", "))));
        });
    }

    /** What is wrong with the section as a whole, or that a key is missing in it. */
    ConfigException error(String key, String problem) {
        return source.error(node, name(key), problem);
    }

    ConfigException missing(String key) {
        return error(key, "is missing");
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private <T> List<T> items(String key, Function<Node, T> read) {
        return take(key)
                .map(value -> {
                    if (!(value instanceof SequenceNode sequence)) {
                        throw source.error(value, name(key), "must be a list");
                    }
                    List<T> items = new ArrayList<>();
                    sequence.getValue().forEach(item -> items.add(read.apply(item)));
                    return List.copyOf(items);
                })
                .orElse(List.of());
    }

    private String matching(Node value, String key, Pattern allowed, String explanation) {
        String given = scalar(value, key);
        if (!allowed.matcher(given).matches()) {
            throw source.error(value, name(key), "must be " + explanation);
        }
        return given;
    }

    private String scalar(Node value, String key) {
        if (value instanceof ScalarNode scalar && !scalar.getTag().equals(Tag.NULL)) {
            return scalar.getValue();
        }
        throw source.error(value, name(key), "must be a single value");
    }

    private Optional<Node> take(String key) {
        known.add(key);
        return Optional.ofNullable(unread.remove(key)).map(NodeTuple::getValueNode);
    }

    private String name(String key) {
        return path.isEmpty() ? key : key.isEmpty() ? path : path + "." + key;
    }
}
