package io.sealward.gateway.document;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.sealward.gateway.budget.Budget;
import io.sealward.gateway.xml.XmlElement;
import io.sealward.gateway.xml.XmlTree;
import java.util.ArrayDeque;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class ClientDocumentTest {
    private final Queue<Runnable> line = new ArrayDeque<>();
    private final Budget.Lease memory = new Budget(1 << 20).lease("project");
    private final ClientDocument<XmlElement> document = new ClientDocument<>(new XmlTree(memory), memory, line::add);
    private int resumed;

    private static ByteBuf piece(String text) {
        return Unpooled.copiedBuffer(text, US_ASCII);
    }

    private void waitForTurn() {
        assertThat(document.writable()).isFalse();
        document.onWritable(() -> resumed++);
    }

    @Test
    void eachPieceOfItWaitsForATurn() {
        waitForTurn();
        assertThat(resumed).isZero();
        line.remove().run();
        assertThat(resumed).isOne();
        assertThat(document.writable()).isTrue();

        document.write(piece("<Tag><Key>"));

        waitForTurn();
        assertThat(resumed).isOne();
        line.remove().run();
        document.write(piece("k</Key></Tag>"));
        document.finish();
        assertThat(document.result().orElseThrow().value("Key")).contains("k");
        assertThat(document.writable()).isFalse();
    }
}
