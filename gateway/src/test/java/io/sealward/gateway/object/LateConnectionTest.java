package io.sealward.gateway.object;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealward.gateway.Eventually;
import io.sealward.gateway.loopback.HeldResolver;
import io.sealward.gateway.loopback.LoopbackGateway;
import io.sealward.gateway.loopback.LoopbackSockets;
import io.sealward.gateway.loopback.LoopbackStore;
import io.sealward.gateway.loopback.MemoryObjects;
import io.sealward.gateway.loopback.RawClient;
import io.sealward.providers.KmsError;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A KEK is withdrawn from an upload that was admitted before, and whose way to the store opens after. */
@Timeout(30)
class LateConnectionTest {
    private static final int FRAME = 64 << 10;

    private final HeldResolver resolver = new HeldResolver();
    private final LoopbackStore store = new LoopbackStore(new MemoryObjects());
    private final LoopbackGateway gateway =
            new LoopbackGateway(store, LoopbackGateway.Options.usual(), LoopbackSockets.resolving(resolver));
    private final RawClient client = gateway.connect();

    /** Seen when every connection has ended, since what is not to come could still be on its way before. */
    @AfterEach
    void theStoreHasHeardNothing() throws Exception {
        client.close();
        gateway.close();
        Eventually.holds(() -> assertThat(store.openConnections()).isZero());
        store.close();
        assertThat(store.requests()).isEmpty();
        assertThat(LoopbackSockets.bytesHeld()).isZero();
    }

    private void put(int length, int sent) {
        client.send("PUT /bkt/k HTTP/1.1\r\nHost: gateway\r\nContent-Length: " + length + "\r\n\r\n")
                .send(new byte[sent]);
    }

    private void assertDenied() {
        RawClient.Answer answer = client.answer();
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.text()).contains("<Code>KMS.DisabledException</Code>");
    }

    @ParameterizedTest
    @ValueSource(ints = {FRAME, 8 * FRAME})
    void aConnectionThatComesAfterTheDropCarriesNothing(int length) throws Exception {
        put(length, length);
        Runnable connect = resolver.asked();
        gateway.kek().refuse(KmsError.REVOKED);
        gateway.keys().tryKeksInUse(0, 1);
        assertDenied();
        connect.run();
        Eventually.holds(() -> assertThat(store.openConnections()).isOne());
    }

    @Test
    void aKeyThatIsGrantedAfterTheDropSendsNothing() throws Exception {
        gateway.kek().hold();
        put(FRAME, FRAME);
        Eventually.holds(() -> assertThat(gateway.kek().wraps()).isOne());
        gateway.keys().withdraw("extkey_1", "told to");
        gateway.kek().release();
        assertDenied();
    }
}
