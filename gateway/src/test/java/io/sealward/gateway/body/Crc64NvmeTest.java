package io.sealward.gateway.body;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class Crc64NvmeTest {
    @Test
    void checkValue() {
        Crc64Nvme crc = new Crc64Nvme();
        crc.update("123456789".getBytes(US_ASCII));
        assertThat(crc.getValue()).isEqualTo(0xAE8B14860A799888L);
    }

    /** Source: NVM Express NVM Command Set Specification, "64b CRC Test Cases". */
    @Test
    void specificationVectors() {
        byte[] data = new byte[4096];
        assertThat(crcOf(data)).isEqualTo(0x6482D367EB22B64EL);
        Arrays.fill(data, (byte) 0xFF);
        assertThat(crcOf(data)).isEqualTo(0xC0DDBA7302ECA3ACL);
    }

    @Property
    void anySplitAndAnyBufferGiveTheSameValue(
            @ForAll @Size(max = 200) byte[] data, @ForAll @IntRange(max = 200) int cut) {
        int split = Math.min(cut, data.length);
        Crc64Nvme split2 = new Crc64Nvme();
        split2.update(ByteBuffer.wrap(data, 0, split));
        split2.update(ByteBuffer.allocateDirect(data.length - split)
                .put(data, split, data.length - split)
                .flip());
        Crc64Nvme single = new Crc64Nvme();
        for (byte b : data) {
            single.update(b);
        }
        assertThat(split2.getValue()).isEqualTo(single.getValue());
        assertThat(single.getValue()).isEqualTo(crcOf(data));
    }

    private static long crcOf(byte[] data) {
        Crc64Nvme crc = new Crc64Nvme();
        crc.update(data);
        return crc.getValue();
    }
}
