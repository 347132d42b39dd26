package io.sealward.providers.vault;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The servers that tenants may name. What a tenant writes is a host that the gateway will connect to, from inside the
 * operator's network, so it is called only if the operator has said so.
 *
 * @param patterns {@code host[:port]}, the port being 443 where none is named; {@code *.} in front stands for any names
 */
record AllowedHosts(List<String> patterns) {
    static final Pattern FORM = Pattern.compile("(\\*\\.)?[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:[1-9][0-9]{0,4})?");

    private static final int HTTPS_PORT = 443;

    AllowedHosts {
        patterns = List.copyOf(patterns);
    }

    boolean allow(String address) {
        URI server = URI.create(address);
        return Optional.ofNullable(server.getHost())
                .map(host -> host + ":" + (server.getPort() < 0 ? HTTPS_PORT : server.getPort()))
                .filter(place -> patterns.stream().anyMatch(pattern -> matches(pattern, place)))
                .isPresent();
    }

    private static boolean matches(String pattern, String place) {
        String whole = pattern.contains(":") ? pattern : pattern + ":" + HTTPS_PORT;
        return whole.startsWith("*.") ? place.endsWith(whole.substring(1)) : place.equals(whole);
    }
}
