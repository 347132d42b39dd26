package io.sealward.gateway.recovery;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.stream.Stream;

/**
 * Objects as files: each named by its key, and beside it {@code NAME.metadata.json} with what {@code aws s3api get-object}
 * printed.
 */
public record ObjectsInFolder(Path folder) implements StoredObjects {
    private static final String METADATA = ".metadata.json";

    @Override
    public Stream<Listed> list() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files
                    .filter(file -> !Files.isDirectory(file))
                    .map(file -> key(folder.relativize(file)))
                    .distinct() // bytes and metadata; one without the other is an object all the same, and fails
                    .sorted()
                    .map(key -> new Listed(key, modified(folder.resolve(key))))
                    .toList()
                    .stream();
        }
    }

    @Override
    public Fetched fetch(String key) throws IOException {
        Path file = folder.resolve(key);
        if (!Files.isRegularFile(file)) {
            throw new RecoveryException("there is no file " + file + " beside its metadata");
        }
        Path metadata = folder.resolve(key + METADATA);
        if (!Files.isRegularFile(metadata)) {
            throw new RecoveryException("there is no file " + metadata + " beside its bytes");
        }
        return new Fetched(modified(file), MetadataFile.read(metadata), Files.newInputStream(file));
    }

    private static String key(Path file) {
        String name = file.toString().replace(file.getFileSystem().getSeparator(), "/");
        return name.endsWith(METADATA) ? name.substring(0, name.length() - METADATA.length()) : name;
    }

    private static Instant modified(Path file) {
        try {
            return Files.exists(file) ? Files.getLastModifiedTime(file).toInstant() : Instant.EPOCH;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
