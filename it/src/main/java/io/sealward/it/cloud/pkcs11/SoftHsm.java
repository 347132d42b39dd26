package io.sealward.it.cloud.pkcs11;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * SoftHSM 2 and OpenSC's pkcs11-tool as they are installed here, with a configuration of its own.
 *
 * @param configuration a file that names the folder of tokens; a process finds it by {@value #VARIABLE}
 */
public record SoftHsm(Path library, Path configuration) {
    /** What the library reads in the environment of a process, once. */
    public static final String VARIABLE = "SOFTHSM2_CONF";

    private static final List<String> LIBRARIES = List.of(
            "/usr/lib/softhsm/libsofthsm2.so",
            "/usr/lib64/pkcs11/libsofthsm2.so",
            "/usr/local/lib/softhsm/libsofthsm2.so",
            "/opt/homebrew/lib/softhsm/libsofthsm2.so");

    private static final List<String> TOOLS = List.of("softhsm2-util", "pkcs11-tool");

    /** What must be installed and is not; empty if all is there. */
    public static Optional<String> missing() {
        return installed().isEmpty()
                ? Optional.of("libsofthsm2.so (Debian: softhsm2)")
                : TOOLS.stream()
                        .filter(tool -> !onPath(tool))
                        .findFirst()
                        .map(tool -> tool + " (Debian: softhsm2, opensc)");
    }

    /**
     * With tokens in a folder of this configuration's.
     *
     * @throws IllegalStateException if it is not installed
     */
    public static SoftHsm with(Path configuration) {
        missing().ifPresent(tool -> {
            throw new IllegalStateException("SoftHSM 2 is not installed: there is no " + tool);
        });
        try {
            Path tokens = Files.createDirectories(configuration.resolveSibling("tokens"));
            Path whole = Files.createTempFile(configuration.toAbsolutePath().getParent(), "softhsm2", ".new");
            Files.writeString(whole, "directories.tokendir = " + tokens + "\nlog.level = ERROR\n");
            Files.move(whole, configuration, ATOMIC_MOVE); // several processes may do this
            return new SoftHsm(installed().orElseThrow(), configuration);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<Path> installed() {
        return LIBRARIES.stream().map(Path::of).filter(Files::isReadable).findFirst();
    }

    private static boolean onPath(String tool) {
        return Arrays.stream(System.getenv("PATH").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, tool)));
    }

    Map<String, String> environment() {
        return Map.of(VARIABLE, configuration.toString());
    }

    Path tokens() {
        return configuration.resolveSibling("tokens");
    }

    /** Where a token is kept: the folder's name ends in its serial number, of which the slot's number is the end, too. */
    Path folder(long slot) {
        try (Stream<Path> folders = Files.list(tokens())) {
            return folders.filter(folder -> slot(folder) == slot).findFirst().orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long slot(Path folder) {
        String name = folder.getFileName().toString();
        return Long.parseLong(name.substring(name.length() - 8), 16) & Integer.MAX_VALUE;
    }

    /** Runs a program on the tokens to its end; what it said. */
    String run(List<String> command) {
        try {
            ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
            builder.environment().putAll(environment());
            Process process = builder.start();
            String said = new String(process.getInputStream().readAllBytes(), UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(command.get(0) + " failed: " + said.strip());
            }
            return said;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
