package io.sealward.gateway.identity;

import com.nimbusds.jose.jwk.JWKSet;
import java.util.concurrent.CompletionStage;

/** Where the keys of an issuer come from. */
@FunctionalInterface
interface KeySource {
    /** Asks for them once, within bounds of time and size. Never blocks. */
    CompletionStage<JWKSet> fetch();
}
