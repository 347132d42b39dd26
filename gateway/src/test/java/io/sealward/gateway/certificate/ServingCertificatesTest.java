package io.sealward.gateway.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.handler.ssl.SslContext;
import io.sealward.gateway.config.TlsConfig;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServingCertificatesTest {
    @TempDir
    Path folder;

    private final ServingCertificates certificates = new ServingCertificates(Clock.systemUTC());

    @AfterEach
    void close() {
        certificates.close();
    }

    @Test
    void newFilesAreServedWithFromTheNextLookOn() throws Exception {
        TlsConfig files = PemFiles.in(folder, "-validity", "30");
        Supplier<SslContext> serving = certificates.of(files);
        SslContext first = serving.get();
        Instant firstEnds = certificates.ends().orElseThrow();

        certificates.look();
        assertThat(serving.get()).isSameAs(first);

        PemFiles.in(folder, "-validity", "60");
        certificates.look();
        assertThat(serving.get()).isNotSameAs(first);
        assertThat(certificates.ends().orElseThrow()).isAfter(firstEnds);
    }

    @Test
    void filesThatCannotBeUsedChangeNothingUntilTheyCan() throws Exception {
        TlsConfig files = PemFiles.in(folder);
        Supplier<SslContext> serving = certificates.of(files);
        SslContext first = serving.get();
        TlsConfig next = PemFiles.in(Files.createDirectory(folder.resolve("next")));

        Files.copy(next.certificate(), replaced(files.certificate())); // the key comes a moment later
        certificates.look();
        assertThat(serving.get()).isSameAs(first);

        Files.delete(files.privateKey());
        certificates.look();
        assertThat(serving.get()).isSameAs(first);

        Files.copy(next.privateKey(), files.privateKey());
        certificates.look();
        assertThat(serving.get()).isNotSameAs(first);
    }

    @Test
    void whatIsNoFileOrTooLongIsNotReadToItsEnd() throws Exception {
        TlsConfig files = PemFiles.in(folder);
        Path device = Path.of("/dev/zero");
        Path sparse = folder.resolve("sparse");
        try (FileChannel channel = FileChannel.open(sparse, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.allocate(1), 1L << 32);
        }

        for (Path odd : List.of(sparse, device, folder)) {
            assertThatThrownBy(() -> certificates.of(new TlsConfig(odd, files.privateKey())))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageStartingWith(odd.toString());
        }
    }

    private static Path replaced(Path file) throws Exception {
        Files.delete(file);
        return file;
    }

    @Test
    void filesThatCannotBeUsedAreNoStart() {
        TlsConfig nothing = new TlsConfig(folder.resolve("a"), folder.resolve("b"));
        assertThatThrownBy(() -> certificates.of(nothing)).isInstanceOf(IllegalStateException.class);
        assertThat(certificates.ends()).isEmpty();
    }
}
