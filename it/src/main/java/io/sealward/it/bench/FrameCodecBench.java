package io.sealward.it.bench;

import io.sealward.crypto.format.Format;
import io.sealward.crypto.frame.FrameHeader;
import io.sealward.crypto.frame.FrameOpener;
import io.sealward.crypto.frame.FrameOrder;
import io.sealward.crypto.frame.PartSealer;
import io.sealward.crypto.key.Dek;
import io.sealward.crypto.key.SealException;
import io.sealward.crypto.seal.Layout;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.concurrent.TimeUnit;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Frames of 64 KiB a second, sealed and opened as the data path does it, beside the bare cipher on the same arrays. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
@OperationsPerInvocation(FrameCodecBench.FRAMES)
public class FrameCodecBench {
    static final int FRAMES = 64;

    private static final int PLAIN = Format.V1.geometry().framePlaintext();

    private final SecureRandom random = new SecureRandom();
    private final Dek dek = Dek.generate(random);
    private final byte[] plain = new byte[PLAIN];
    private final byte[] out = new byte[Format.V1.geometry().frameSealed()];
    private byte[] object;
    private Cipher cipher;
    private SecretKeySpec key;
    private byte[] bareFrame;
    private int nonce;

    @Setup
    public void prepare() throws GeneralSecurityException {
        random.nextBytes(plain);
        PartSealer sealer = PartSealer.ofObject(dek, (long) FRAMES * PLAIN, random);
        object = new byte[Math.toIntExact(sealer.sealedLength())];
        int at = 0;
        for (int i = 0; i < FRAMES; i++) {
            at += sealer.seal(plain, 0, PLAIN, object, at);
        }
        sealer.sealTerminator(object, at);
        cipher = Cipher.getInstance("AES/GCM/NoPadding");
        key = new SecretKeySpec(dek.derive(Format.Purpose.PART, new byte[0], new byte[0]), "AES");
        cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(128, new byte[12]));
        bareFrame = cipher.doFinal(plain);
    }

    @Benchmark
    public byte[] seal() {
        PartSealer sealer = PartSealer.ofObject(dek, (long) FRAMES * PLAIN, random);
        for (int i = 0; i < FRAMES; i++) {
            sealer.seal(plain, 0, PLAIN, out, 0);
        }
        sealer.sealTerminator(out, 0);
        return out;
    }

    @Benchmark
    public byte[] open() throws SealException {
        FrameOpener opener = new FrameOpener(dek);
        FrameOrder order = FrameOrder.ofObject(Layout.SINGLE, dek);
        for (int at = 0; at < object.length; ) {
            FrameHeader header = FrameHeader.parse(Format.V1, object, at);
            order.accept(header);
            opener.open(header, object, at, header.frameLength(), out, 0);
            at += header.frameLength();
        }
        order.finish();
        return out;
    }

    @Benchmark
    public byte[] bareEncrypt() throws GeneralSecurityException {
        for (int i = 0; i < FRAMES; i++) {
            byte[] iv = ByteBuffer.allocate(12).putInt(++nonce).array();
            cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(128, iv));
            cipher.doFinal(plain, 0, PLAIN, out, 0);
        }
        return out;
    }

    @Benchmark
    public byte[] bareDecrypt() throws GeneralSecurityException {
        for (int i = 0; i < FRAMES; i++) {
            cipher.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(128, new byte[12]));
            cipher.doFinal(bareFrame, 0, bareFrame.length, out, 0);
        }
        return out;
    }
}
