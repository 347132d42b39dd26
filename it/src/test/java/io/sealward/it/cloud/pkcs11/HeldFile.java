package io.sealward.it.cloud.pkcs11;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;

/** A lock on a file, held by a process of its own until it is let go: it makes SoftHSM hang in whatever looks at the file. */
final class HeldFile implements AutoCloseable {
    private final Process holder;

    HeldFile(Path file) throws IOException {
        holder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        HeldFile.class.getName(),
                        file.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        assertThat(holder.inputReader(UTF_8).readLine()).isEqualTo("held");
    }

    /** Holds the file until its input ends. */
    public static void main(String[] args) throws IOException {
        try (FileChannel file = FileChannel.open(Path.of(args[0]), StandardOpenOption.WRITE)) {
            Objects.requireNonNull(file.lock());
            System.out.println("held");
            System.in.transferTo(OutputStream.nullOutputStream());
        }
    }

    boolean isHeld() {
        return holder.isAlive();
    }

    @Override
    public void close() {
        holder.destroyForcibly();
        holder.onExit().join();
    }
}
