package io.sealward.providers.azure;

import com.azure.core.http.HttpPipelineCallContext;
import com.azure.core.http.HttpPipelineNextPolicy;
import com.azure.core.http.HttpPipelineNextSyncPolicy;
import com.azure.core.http.HttpResponse;
import com.azure.core.http.policy.HttpPipelinePolicy;
import com.azure.json.JsonProviders;
import com.azure.json.JsonReader;
import io.sealward.providers.KmsError;
import io.sealward.providers.KmsException;
import java.io.IOException;
import reactor.core.publisher.Mono;

/**
 * Stops a successful answer that is not JSON before the SDK reads it. The SDK would quote it in its exception and its log,
 * and half of an answer may hold all of a secret or a token.
 */
final class WellFormedReplies implements HttpPipelinePolicy {
    private static final int FIRST_FAILURE_STATUS = 300;

    @Override
    public Mono<HttpResponse> process(HttpPipelineCallContext context, HttpPipelineNextPolicy next) {
        return next.process()
                .flatMap(response -> response.getStatusCode() >= FIRST_FAILURE_STATUS
                        ? Mono.just(response)
                        : checked(response.buffer()));
    }

    @Override
    public HttpResponse processSync(HttpPipelineCallContext context, HttpPipelineNextSyncPolicy next) {
        HttpResponse response = next.processSync();
        if (response.getStatusCode() >= FIRST_FAILURE_STATUS) {
            return response;
        }
        HttpResponse buffered = response.buffer();
        requireJson(buffered.getBodyAsBinaryData().toBytes());
        return buffered;
    }

    private static Mono<HttpResponse> checked(HttpResponse response) {
        return response.getBodyAsByteArray().defaultIfEmpty(new byte[0]).map(body -> {
            requireJson(body);
            return response;
        });
    }

    private static void requireJson(byte[] body) {
        try (JsonReader reader = JsonProviders.createReader(body)) {
            reader.readUntyped();
        } catch (IOException | RuntimeException malformed) {
            throw new KmsException(KmsError.UNREACHABLE, "Azure gave an answer that is not JSON.");
        }
    }
}
