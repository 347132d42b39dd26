package io.sealward.gateway.store;

import io.netty.handler.codec.http.HttpHeaders;

/** The head of the store's answer. */
public record StoreResponse(int status, HttpHeaders headers) {
    public boolean successful() {
        return status >= 200 && status < 300;
    }
}
