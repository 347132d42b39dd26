package io.sealward.gateway.config;

import io.sealward.gateway.identity.Issuer;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads {@code sts}. */
final class StsSection {
    private static final int MIN_KEY_BYTES = 16;
    private static final Pattern URL = Pattern.compile("https?://[!-~&&[^?#\"]]+");
    private static final String EXPLANATION = "https://..., or http:// on this machine's loopback address";

    private StsSection() {}

    static StsConfig read(Section sts) {
        StsConfig config = new StsConfig(
                sts.secrets("token-keys", MIN_KEY_BYTES),
                sts.sections("issuers").stream().map(StsSection::issuer).toList());
        sts.end();
        if (config.tokenKeys().isEmpty()) {
            throw sts.missing("token-keys");
        }
        Set<String> names = new HashSet<>();
        for (IssuerConfig issuer : config.issuers()) {
            if (!names.add(issuer.issuer())) {
                throw sts.error("issuers", "has an issuer that is listed twice: " + issuer.issuer());
            }
        }
        return config;
    }

    private static IssuerConfig issuer(Section section) {
        IssuerConfig issuer = new IssuerConfig(
                url(section, "issuer").map(URI::toString).orElseThrow(() -> section.missing("issuer")),
                url(section, "jwks-uri"),
                section.file("jwks-file"),
                section.file("trusted-certificates"));
        section.end();
        if (issuer.jwksUri().isPresent() && issuer.jwksFile().isPresent()) {
            throw section.error("jwks-file", "cannot be combined with jwks-uri");
        }
        return issuer;
    }

    private static Optional<URI> url(Section section, String key) {
        return section.text(key, URL, EXPLANATION).map(text -> {
            try {
                URI uri = new URI(text);
                if (Issuer.isSafe(uri)) {
                    return uri;
                }
            } catch (URISyntaxException e) {
                // told below, like an address that is not safe
            }
            throw section.error(key, "must be " + EXPLANATION);
        });
    }

    /** Every role can be taken on by somebody whose issuer is known. */
    static void check(Section top, StsConfig sts, List<ProjectConfig> projects) {
        for (ProjectConfig project : projects) {
            for (RoleConfig role : project.roles()) {
                if (!sts.knows(role.trust().issuer())) {
                    throw top.error(
                            "sts",
                            "has no issuer " + role.trust().issuer() + ", which the role " + role.name() + " of "
                                    + project.project() + " trusts");
                }
            }
        }
    }
}
