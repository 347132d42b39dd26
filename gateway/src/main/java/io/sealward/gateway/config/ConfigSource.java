package io.sealward.gateway.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.Node;

/** What a configuration file can refer to: files relative to its own folder, and the environment. */
record ConfigSource(String name, Path folder, Map<String, String> environment) {
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{ENV:([A-Za-z_][A-Za-z0-9_]*)}");
    private static final String FILE_PREFIX = "file:";

    ConfigException error(Node at, String key, String problem) {
        int line = at.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
        return new ConfigException(name + ":" + line + ": " + (key.isEmpty() ? "" : key + ": ") + problem);
    }

    Path resolve(String file) {
        return folder.resolve(file).normalize();
    }

    /** Whether a secret's text says where the secret is. */
    static boolean refers(String text) {
        return text.startsWith("${") || text.startsWith(FILE_PREFIX);
    }

    /** A secret by value, from {@code ${ENV:NAME}}, or from the first line of {@code file:path}. */
    Secret secret(Node at, String key, String text) {
        Matcher variable = VARIABLE.matcher(text);
        String value = text;
        if (variable.matches()) {
            value = environment.get(variable.group(1));
            if (value == null) {
                throw error(at, key, "the environment has no variable " + variable.group(1));
            }
        } else if (text.startsWith(FILE_PREFIX)) {
            value = firstLine(at, key, resolve(text.substring(FILE_PREFIX.length())));
        } else if (text.startsWith("${")) {
            throw error(at, key, "a reference to the environment is written ${ENV:NAME}");
        }
        if (value.isEmpty()) {
            throw error(at, key, "the secret is empty");
        }
        return new Secret(value);
    }

    private String firstLine(Node at, String key, Path file) {
        try {
            return Files.readString(file).lines().findFirst().orElse("").strip();
        } catch (IOException e) {
            throw error(at, key, "cannot read the file " + file);
        }
    }
}
