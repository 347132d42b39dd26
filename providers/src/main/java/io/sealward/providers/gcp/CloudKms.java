package io.sealward.providers.gcp;

import com.google.api.gax.grpc.GrpcCallContext;
import com.google.api.gax.rpc.UnaryCallable;
import com.google.api.gax.rpc.UnauthenticatedException;
import com.google.auth.oauth2.AccessToken;
import com.google.cloud.kms.v1.DecryptRequest;
import com.google.cloud.kms.v1.DecryptResponse;
import com.google.cloud.kms.v1.EncryptRequest;
import com.google.cloud.kms.v1.EncryptResponse;
import com.google.cloud.kms.v1.KeyManagementServiceClient;
import java.util.List;
import java.util.Map;

/** The two calls of Cloud KMS that a tenant grants, made in the tenant's name. Blocking; thread-safe. */
record CloudKms(KeyManagementServiceClient client, FederatedToken tokens) {
    EncryptResponse encrypt(EncryptRequest request) throws InterruptedException {
        return call(client.encryptCallable(), request);
    }

    DecryptResponse decrypt(DecryptRequest request) throws InterruptedException {
        return call(client.decryptCallable(), request);
    }

    /** A token may die before its time (a pool re-created, keys rotated): one refused call is repeated with a new one. */
    private <Q, A> A call(UnaryCallable<Q, A> method, Q request) throws InterruptedException {
        AccessToken token = tokens.current();
        try {
            return method.call(request, inNameOf(token));
        } catch (UnauthenticatedException refused) {
            return method.call(request, inNameOf(tokens.insteadOf(token)));
        }
    }

    /** As a bare header: the library's credentials would take a token that is about to expire for one that they must renew. */
    private static GrpcCallContext inNameOf(AccessToken token) {
        return GrpcCallContext.createDefault()
                .withExtraHeaders(Map.of("authorization", List.of("Bearer " + token.getTokenValue())));
    }
}
