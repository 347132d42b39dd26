package io.sealward.gateway.config;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads {@code notices}. */
final class NoticesSection {
    private static final Pattern SOURCE = Pattern.compile("[A-Za-z0-9._:/-]{1,128}");
    private static final Pattern URL = Pattern.compile("https?://[!-~]{1,2000}");
    private static final Pattern LITERAL = Pattern.compile("[0-9.]+|\\[[0-9a-fA-F:]+]");
    private static final String WANTED = "must be https://..., or http://... on a loopback address";
    private static final int MIN_SECRET_BYTES = 16;

    private NoticesSection() {}

    static NoticesConfig read(Section notices) {
        NoticesConfig config = new NoticesConfig(
                notices.text("source", SOURCE, "1 to 128 letters, digits, dots, dashes, colons, slashes or underscores")
                        .orElse(NoticesConfig.NONE.source()),
                notices.sections("webhooks").stream()
                        .map(NoticesSection::webhook)
                        .toList());
        notices.end();
        return config;
    }

    private static NoticesConfig.Webhook webhook(Section webhook) {
        NoticesConfig.Webhook config = new NoticesConfig.Webhook(
                webhook.text("url", URL, "https://...")
                        .flatMap(NoticesSection::address)
                        .orElseThrow(() -> webhook.error("url", WANTED)),
                webhook.secretKeptElsewhere("secret").orElseThrow(() -> webhook.missing("secret")),
                webhook.duration("timeout", Duration.ofMillis(100), Duration.ofMinutes(1))
                        .orElse(Duration.ofSeconds(10)),
                webhook.duration("give-up-after", Duration.ofSeconds(1), Duration.ofDays(1))
                        .orElse(Duration.ofHours(1)),
                webhook.file("trusted-certificates"));
        if (config.secret().value().length() < MIN_SECRET_BYTES) {
            throw webhook.error("secret", "must have at least " + MIN_SECRET_BYTES + " bytes");
        }
        webhook.end();
        return config;
    }

    private static Optional<URI> address(String text) {
        try {
            URI url = new URI(text);
            boolean allowed = url.getHost() != null
                    && url.getRawUserInfo() == null
                    && url.getRawFragment() == null
                    && ("https".equals(url.getScheme()) || loopback(url.getHost()));
            return allowed ? Optional.of(url) : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    /** No name is looked up: what it stands for may change. */
    private static boolean loopback(String host) {
        try {
            return LITERAL.matcher(host).matches()
                    && InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
