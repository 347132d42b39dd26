package io.sealward.it.cloud.gcp;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.google.cloud.kms.v1.DecryptRequest;
import com.google.cloud.kms.v1.DecryptResponse;
import com.google.cloud.kms.v1.EncryptRequest;
import com.google.cloud.kms.v1.EncryptResponse;
import com.google.protobuf.Message;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.TlsServerCredentials;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import io.sealward.it.cloud.CertificateAuthority;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.cert.CertificateEncodingException;
import java.util.List;
import java.util.function.BiFunction;

/** Cloud KMS's gRPC wire on a free port of loopback: TLS, HTTP/2, a bearer token with each call. */
final class KmsServer implements AutoCloseable {
    static final String HOST = "cloudkms.googleapis.com";
    private static final String SERVICE = "google.cloud.kms.v1.KeyManagementService";
    private static final Context.Key<String> TOKEN = Context.key("token");

    private final Server server;

    KmsServer(FakeKms kms, CertificateAuthority authority) {
        CertificateAuthority.Identity identity = authority.issue(List.of(HOST, FakeGcp.PRIVATE_HOST));
        try {
            server = NettyServerBuilder.forAddress(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                            TlsServerCredentials.create(
                                    pem("CERTIFICATE", identity.certificate().getEncoded()),
                                    pem("PRIVATE KEY", identity.key().getEncoded())))
                    .addService(ServerServiceDefinition.builder(SERVICE)
                            .addMethod(
                                    method(
                                            "Encrypt",
                                            EncryptRequest.getDefaultInstance(),
                                            EncryptResponse.getDefaultInstance()),
                                    ServerCalls.asyncUnaryCall(answer(kms::encrypt)))
                            .addMethod(
                                    method(
                                            "Decrypt",
                                            DecryptRequest.getDefaultInstance(),
                                            DecryptResponse.getDefaultInstance()),
                                    ServerCalls.asyncUnaryCall(answer(kms::decrypt)))
                            .build())
                    .intercept(new BearerToken())
                    .build()
                    .start();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (CertificateEncodingException broken) {
            throw new IllegalStateException(broken);
        }
    }

    int port() {
        return server.getPort();
    }

    @Override
    public void close() {
        server.shutdownNow();
    }

    private static <Q extends Message, A extends Message> MethodDescriptor<Q, A> method(
            String name, Q request, A reply) {
        return MethodDescriptor.<Q, A>newBuilder()
                .setType(MethodDescriptor.MethodType.UNARY)
                .setFullMethodName(MethodDescriptor.generateFullMethodName(SERVICE, name))
                .setRequestMarshaller(ProtoUtils.marshaller(request))
                .setResponseMarshaller(ProtoUtils.marshaller(reply))
                .build();
    }

    private static <Q, A> ServerCalls.UnaryMethod<Q, A> answer(BiFunction<Q, String, A> service) {
        return (request, reply) -> answer(service, request, reply);
    }

    private static <Q, A> void answer(BiFunction<Q, String, A> service, Q request, StreamObserver<A> reply) {
        // With a handler in place, an answer to a caller who has left is dropped in silence.
        ((ServerCallStreamObserver<A>) reply).setOnCancelHandler(() -> {});
        A answer;
        try {
            answer = service.apply(request, TOKEN.get());
        } catch (StatusRuntimeException refused) {
            reply.onError(refused);
            return;
        } catch (RuntimeException broken) {
            reply.onError(Status.INTERNAL.withDescription(broken.toString()).asRuntimeException());
            return;
        }
        reply.onNext(answer);
        reply.onCompleted();
    }

    private static InputStream pem(String type, byte[] der) {
        return new ByteArrayInputStream(CertificateAuthority.pem(type, der).getBytes(US_ASCII));
    }

    private static final class BearerToken implements ServerInterceptor {
        private static final Metadata.Key<String> AUTHORIZATION =
                Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

        @Override
        public <Q, A> ServerCall.Listener<Q> interceptCall(
                ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
            String header = headers.get(AUTHORIZATION);
            String token = header == null ? "" : header.replaceFirst("^Bearer ", "");
            return Contexts.interceptCall(Context.current().withValue(TOKEN, token), call, headers, next);
        }
    }
}
