package io.sealward.gateway.management.http;

import java.util.concurrent.CompletionStage;

/** A GET that no admin key is asked for. Called on the event loop: it never blocks, so no slow database delays it. */
@FunctionalInterface
public interface OpenRoute {
    CompletionStage<ApiResponse> answer(ApiRequest request);
}
