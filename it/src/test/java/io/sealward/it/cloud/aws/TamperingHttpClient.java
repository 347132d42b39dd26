package io.sealward.it.cloud.aws;

import java.util.function.UnaryOperator;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpFullRequest;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;

/** Changes requests between the SDK's signature and the wire. */
final class TamperingHttpClient implements SdkHttpClient {
    private final SdkHttpClient wire = UrlConnectionHttpClient.create();
    private final UnaryOperator<SdkHttpFullRequest.Builder> tamper;

    TamperingHttpClient(UnaryOperator<SdkHttpFullRequest.Builder> tamper) {
        this.tamper = tamper;
    }

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest signed) {
        SdkHttpFullRequest.Builder request = ((SdkHttpFullRequest) signed.httpRequest()).toBuilder();
        signed.contentStreamProvider().ifPresent(request::contentStreamProvider);
        SdkHttpFullRequest tampered = tamper.apply(request).build();
        return wire.prepareRequest(HttpExecuteRequest.builder()
                .request(tampered)
                .contentStreamProvider(tampered.contentStreamProvider().orElse(null))
                .build());
    }

    @Override
    public void close() {
        wire.close();
    }
}
