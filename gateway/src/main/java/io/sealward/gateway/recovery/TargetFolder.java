package io.sealward.gateway.recovery;

import static java.util.stream.Collectors.joining;

import io.sealward.crypto.key.SealException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;

/** Where plaintext goes: a file for each object, there as a whole or not at all. Nothing that is there already is replaced. */
public record TargetFolder(Path folder) {
    /** What writes a file's content. */
    @FunctionalInterface
    public interface Content {
        void writeTo(OutputStream out) throws IOException, SealException;
    }

    /**
     * The file of a key, its slashes being folders. What would lead elsewhere, or is no name, is percent-encoded: empty words, of
     * which nothing is left but a percent sign, {@code .} and {@code ..}, control characters, {@code %}, and {@code \}. So two keys
     * never have one name.
     */
    public Path fileOf(String key) {
        Path file = folder;
        for (String word : key.split("/", -1)) {
            file = file.resolve(name(word));
        }
        return file;
    }

    /** A key in one line, as it can be shown. */
    public static String shown(String key) {
        return Arrays.stream(key.split("/", -1)).map(TargetFolder::encoded).collect(joining("/"));
    }

    private static String name(String word) {
        return switch (word) {
            case "" -> "%";
            case "." -> "%2E";
            case ".." -> "%2E%2E";
            default -> encoded(word);
        };
    }

    private static String encoded(String word) {
        StringBuilder name = new StringBuilder();
        word.chars().forEach(c -> {
            if (c == '%' || c == '\\' || Character.isISOControl(c)) {
                name.append('%').append(String.format("%02X", c));
            } else {
                name.append((char) c);
            }
        });
        return name.toString();
    }

    /** Whether the object of that time was written here before. Stores tell the second alone where they give the object. */
    public boolean holds(String key, Instant modified) throws IOException {
        Path file = fileOf(key);
        return Files.exists(file, LinkOption.NOFOLLOW_LINKS)
                && second(Files.getLastModifiedTime(file).toInstant()).equals(second(modified));
    }

    private static Instant second(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS);
    }

    /**
     * Writes through a file beside it that its owner alone can read. A key that ends in a slash and has no content, as clients
     * make them to show folders, becomes a folder.
     *
     * @throws RecoveryException if there is a file of that name already, or a folder where the file should be, or the reverse
     */
    public void write(String key, Instant modified, Content content) throws IOException, SealException {
        Path file = fileOf(key);
        requireFree(file);
        Path parent = file.getParent();
        try {
            Files.createDirectories(parent);
        } catch (FileAlreadyExistsException e) {
            throw new RecoveryException("a file is where the folder " + parent + " should be");
        }
        write(file, FileTime.from(modified), content, key.endsWith("/"));
    }

    private static void requireFree(Path file) {
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new RecoveryException("something else is at " + file + " already");
        }
    }

    private static void write(Path file, FileTime modified, Content content, boolean folder)
            throws IOException, SealException {
        Path partial = Files.createTempFile(file.getParent(), ".sealward-", ".partial");
        try {
            try (OutputStream out = Files.newOutputStream(partial)) {
                content.writeTo(out);
            }
            if (folder && Files.size(partial) == 0) {
                return;
            }
            Files.setLastModifiedTime(partial, modified);
            requireFree(file);
            Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(partial);
        }
    }
}
