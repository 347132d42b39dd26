package io.sealward.gateway.config;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Who is told of changes of keys.
 *
 * @param source what notices name as their source: this gateway, among the operator's
 */
public record NoticesConfig(String source, List<Webhook> webhooks) {
    public static final NoticesConfig NONE = new NoticesConfig("sealward", List.of());

    public NoticesConfig {
        requireNonNull(source, "source");
        webhooks = List.copyOf(webhooks);
    }

    /**
     * An address that notices are posted to.
     *
     * @param url https, or http on loopback
     * @param secret signs each notice
     * @param timeout of one attempt, from the connection to the head of the answer
     * @param giveUpAfter how long a notice is tried
     * @param trustedCertificates of the authorities to trust, instead of the Java runtime's
     */
    public record Webhook(
            URI url, Secret secret, Duration timeout, Duration giveUpAfter, Optional<Path> trustedCertificates) {
        public Webhook {
            requireNonNull(url, "url");
            requireNonNull(secret, "secret");
            requireNonNull(timeout, "timeout");
            requireNonNull(giveUpAfter, "giveUpAfter");
            requireNonNull(trustedCertificates, "trustedCertificates");
        }
    }
}
