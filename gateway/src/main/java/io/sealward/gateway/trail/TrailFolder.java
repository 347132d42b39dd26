package io.sealward.gateway.trail;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The folder of a trail: its files, each named after the number of its first line, and a lock. */
final class TrailFolder {
    private static final Pattern NAME = Pattern.compile("audit-([0-9]{19})\\.jsonl");

    private final Path folder;

    TrailFolder(Path folder) {
        this.folder = folder;
    }

    /**
     * Makes the folder where there is none, for its owner alone, and keeps everybody else from writing while the channel is open.
     *
     * @throws IOException with one line that says so, if another process writes there
     */
    FileChannel lock() throws IOException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder, owners("rwx------"));
        }
        FileChannel lock = open(folder.resolve("lock"));
        try {
            if (lock.tryLock() != null) {
                return lock;
            }
        } catch (OverlappingFileLockException e) {
            // this process itself
        }
        lock.close();
        throw new IOException("another gateway writes there");
    }

    /** The file that begins with a line of that number, for appending. */
    FileChannel open(long first) throws IOException {
        return open(file(first));
    }

    private FileChannel open(Path file) throws IOException {
        return FileChannel.open(
                file,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.APPEND, LinkOption.NOFOLLOW_LINKS),
                owners("rw-------"));
    }

    private FileAttribute<?>[] owners(String permissions) {
        return folder.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }

    Path file(long first) {
        return folder.resolve("audit-%019d.jsonl".formatted(first));
    }

    /** Where the trail stood behind the line of that number; empty if there is none. */
    Optional<Link> find(long number) throws IOException {
        List<Long> begun = firsts().stream().filter(first -> first <= number).toList();
        if (begun.isEmpty()) {
            return Optional.empty();
        }
        try (StoredFile stored = new StoredFile(file(begun.get(begun.size() - 1)))) {
            for (Optional<String> line = stored.next(); line.isPresent(); line = stored.next()) {
                Optional<Link> link =
                        line.flatMap(StoredLine::of).map(StoredLine::link).filter(found -> found.number() == number);
                if (link.isPresent()) {
                    return link;
                }
            }
            return Optional.empty();
        }
    }

    /** The numbers of the files' first lines, in their order. */
    List<Long> firsts() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> NAME.matcher(file.getFileName().toString()))
                    .filter(Matcher::matches)
                    .map(name -> Long.parseLong(name.group(1)))
                    .sorted()
                    .toList();
        }
    }
}
