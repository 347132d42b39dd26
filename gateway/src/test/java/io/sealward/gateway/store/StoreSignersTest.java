package io.sealward.gateway.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.sealward.gateway.event.Events;
import io.sealward.gateway.loopback.LoopbackSockets;
import io.sealward.gateway.loopback.LoopbackStore;
import io.sealward.gateway.sigv4.RequestSigner;
import io.sealward.gateway.store.StoreSettings.Timeouts;
import io.sealward.gateway.tenant.Admission;
import io.sealward.gateway.tenant.KeyMode;
import io.sealward.gateway.tenant.Project;
import io.sealward.gateway.tenant.S3Credential;
import io.sealward.gateway.tenant.StoreCredential;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class StoreSignersTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-01-02T03:04:05Z"), ZoneOffset.UTC);
    private static final StoreCredential GATEWAYS = new StoreCredential("gateway", "gateway-secret");
    private static final StoreCredential OWN = new StoreCredential("own", "own-secret");
    private static final StoreCredential NEXT = new StoreCredential("own", "next-secret");

    private final StoreSigners signers = new StoreSigners(GATEWAYS, "eu-west-1", CLOCK);

    @Test
    void aProjectSignsWithItsOwnCredentialOrElseWithThatOfTheGateway() {
        assertThat(signature(signers.of(project("p", Optional.of(OWN))))).isEqualTo(signature(OWN));
        assertThat(signature(signers.of(project("q", Optional.empty())))).isEqualTo(signature(GATEWAYS));
    }

    @Test
    void anotherSecretOfTheSameAccessKeyCountsAtOnce() {
        signers.of(project("p", Optional.of(OWN)));
        assertThat(signature(signers.of(project("p", Optional.of(NEXT))))).isEqualTo(signature(NEXT));
        assertThat(signature(signers.of(project("p", Optional.empty())))).isEqualTo(signature(GATEWAYS));
    }

    @Test
    void aSignerIsKeptByCredential() {
        RequestSigner signer = signers.of(project("p", Optional.of(OWN)));
        assertThat(signers.of(project("q", Optional.of(new StoreCredential("own", "own-secret")))))
                .isSameAs(signer);
    }

    @Test
    void theProjectsOfALoopShareAConnectionAndEachRequestHasItsSignature() throws Exception {
        List<String> authorizations = new CopyOnWriteArrayList<>();
        Set<Object> connections = ConcurrentHashMap.newKeySet();
        LoopbackSockets sockets = LoopbackSockets.counted();
        try (LoopbackStore store = new LoopbackStore(call -> {
            authorizations.add(call.headers().get("authorization"));
            connections.add(call.socket());
            call.respond(200, Map.of(), new byte[0]);
        })) {
            Duration patience = Duration.ofHours(1);
            StoreClients clients = new StoreClients(
                    new StoreSettings(
                            "127.0.0.1",
                            store.port(),
                            Optional.empty(),
                            true,
                            new Timeouts(patience, patience, patience)),
                    sockets.loops(),
                    sockets.store(),
                    signers,
                    new Events());
            EventLoop loop = (EventLoop) sockets.loops().iterator().next();
            for (Optional<StoreCredential> credential :
                    List.of(Optional.of(OWN), Optional.<StoreCredential>empty(), Optional.of(OWN))) {
                loop.submit(() -> clients.on(
                                        Asker.staying(loop),
                                        Admission.lasting(new S3Credential("a", "s", project("p", credential))))
                                .exchange(StoreRequest.ofBucket(HttpMethod.GET, "bkt"), new byte[0], 0))
                        .get()
                        .toCompletableFuture()
                        .get();
            }
        } finally {
            sockets.close();
        }
        assertThat(authorizations)
                .extracting(value -> value.replaceAll(".*Credential=([^/]+)/.*", "$1"))
                .containsExactly("own", "gateway", "own");
        assertThat(connections).hasSize(1);
        assertThat(LoopbackSockets.bytesHeld()).isZero();
    }

    @Test
    void aCredentialPrintsWithoutItsSecret() {
        assertThat(project("p", Optional.of(OWN)).toString()).contains("own").doesNotContain("own-secret");
    }

    private static Project project(String id, Optional<StoreCredential> credential) {
        return new Project("org-1", id, Optional.empty(), KeyMode.PER_OBJECT, credential);
    }

    private static String signature(StoreCredential credential) {
        return signature(new RequestSigner(credential.accessKeyId(), credential.secretAccessKey(), "eu-west-1", CLOCK));
    }

    private static String signature(RequestSigner signer) {
        HttpHeaders headers = new DefaultHttpHeaders().set("host", "store");
        signer.sign(HttpMethod.GET, "/b/k", headers, "UNSIGNED-PAYLOAD");
        return headers.get("authorization");
    }
}
