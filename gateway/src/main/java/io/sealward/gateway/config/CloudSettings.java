package io.sealward.gateway.config;

import io.sealward.providers.setup.OperatorSettings;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** A section of {@code clouds}, as its provider reads it. */
record CloudSettings(Section section) implements OperatorSettings {
    @Override
    public Optional<String> text(String key, Pattern allowed, String explanation) {
        return section.text(key, allowed, explanation);
    }

    @Override
    public List<String> texts(String key, Pattern allowed, String explanation) {
        return section.texts(key, allowed, explanation);
    }

    @Override
    public Optional<String> secret(String key) {
        return section.secret(key).map(Secret::value);
    }

    @Override
    public Optional<String> secretKeptElsewhere(String key) {
        return section.secretKeptElsewhere(key).map(Secret::value);
    }

    @Override
    public <E extends Enum<E>> Optional<E> choice(String key, Class<E> type) {
        return section.choice(key, type);
    }

    @Override
    public Optional<URI> endpoint(String key) {
        return section.endpoint(key);
    }

    @Override
    public Optional<URI> httpsEndpoint(String key) {
        return section.httpsEndpoint(key);
    }

    @Override
    public Optional<URI> httpEndpoint(String key) {
        return section.httpEndpoint(key);
    }

    @Override
    public Optional<Path> path(String key) {
        return section.path(key);
    }

    @Override
    public Optional<String> pathTemplate(String key, Pattern allowed, String explanation) {
        return section.pathTemplate(key, allowed, explanation);
    }

    @Override
    public Optional<Path> file(String key) {
        return section.file(key);
    }

    @Override
    public ConfigException error(String key, String problem) {
        return section.error(key, problem);
    }
}
