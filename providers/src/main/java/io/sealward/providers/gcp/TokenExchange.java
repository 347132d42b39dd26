package io.sealward.providers.gcp;

import com.google.auth.http.HttpTransportFactory;
import java.net.URI;

/**
 * The token service that tenants' pools are reached through.
 *
 * @param url of its {@code token} method
 */
record TokenExchange(HttpTransportFactory transports, String url) {
    static TokenExchange at(URI endpoint, TokenTransport transport) {
        return new TokenExchange(() -> transport, endpoint + "/v1/token");
    }
}
