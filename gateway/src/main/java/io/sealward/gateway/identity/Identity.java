package io.sealward.gateway.identity;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whom an issuer vouches for: what a token says that has verified.
 *
 * @param audiences for whom the token was made
 * @param authorizedParty whom the issuer gave it to ({@code azp})
 * @param claims all that the token says, each as the texts of its values
 */
public record Identity(
        String issuer,
        String subject,
        List<String> audiences,
        Optional<String> authorizedParty,
        Map<String, List<String>> claims) {
    public Identity {
        audiences = List.copyOf(audiences);
        claims = Map.copyOf(claims);
    }

    /** Whether the token was made for {@code audience}; of several, it must have been given to it (OpenID Connect Core, 3.1.3.7). */
    boolean isFor(String audience) {
        return audiences.contains(audience)
                && (audiences.size() == 1
                        || authorizedParty
                                .filter(party -> !party.equals(audience))
                                .isEmpty());
    }
}
