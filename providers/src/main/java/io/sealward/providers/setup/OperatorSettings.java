package io.sealward.providers.setup;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The operator's settings of one cloud, asked for key by key. Each answer is empty if the key is not there; a value of the
 * wrong form is refused with the file, the line and what is allowed.
 */
public interface OperatorSettings {
    /**
     * A plain value.
     *
     * @param allowed what the whole value must match
     * @param explanation of that, behind "must be"
     */
    Optional<String> text(String key, Pattern allowed, String explanation);

    /** As {@link #text}, of a list; empty if there is none. */
    List<String> texts(String key, Pattern allowed, String explanation);

    /** By value, from the environment or from a file. Not to be printed. */
    Optional<String> secret(String key);

    /** As {@link #secret}, but never by value. */
    Optional<String> secretKeptElsewhere(String key);

    /** One of the constants, in lower case and with dashes. */
    <E extends Enum<E>> Optional<E> choice(String key, Class<E> type);

    /** {@code http://host[:port]} or {@code https://host[:port]}. */
    Optional<URI> endpoint(String key);

    /** {@code https://host[:port]}. */
    Optional<URI> httpsEndpoint(String key);

    /** {@code http://host[:port]}. */
    Optional<URI> httpEndpoint(String key);

    /** Relative to the configuration's folder. */
    Optional<Path> path(String key);

    /** As {@link #path}, with a placeholder in it. */
    Optional<String> pathTemplate(String key, Pattern allowed, String explanation);

    /** A file that is there. */
    Optional<Path> file(String key);

    /** What is wrong with a key, or with the section as a whole if {@code key} is empty. */
    RuntimeException error(String key, String problem);

    default RuntimeException missing(String key) {
        return error(key, "is missing");
    }

    /**
     * {@code trusted-certificates}: PEM of the authorities behind a way of the operator's own, and behind no other. The cloud
     * itself is behind those that everybody knows.
     *
     * @param ownWay whether there is one
     * @param key that would name it
     */
    default Optional<Path> trustedCertificates(boolean ownWay, String key) {
        Optional<Path> trusted = file("trusted-certificates");
        if (trusted.isPresent() && !ownWay) {
            throw error("trusted-certificates", "is for a way of your own: " + key + " is missing");
        }
        return trusted;
    }
}
