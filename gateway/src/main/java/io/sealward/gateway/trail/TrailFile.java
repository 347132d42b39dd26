package io.sealward.gateway.trail;

import io.sealward.gateway.config.TrailConfig;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The file that is being written, and what is done to those before it. Whole lines or none. For one thread. */
final class TrailFile implements AutoCloseable {
    private final TrailFolder folder;
    private final TrailConfig config;
    private final TrailKey key;
    private final FileChannel lock;
    private FileChannel file;
    private long bytes;
    private Link end = Link.NONE;
    private String id;

    /**
     * Goes on behind the last line that is whole, or begins a trail.
     *
     * @throws IOException if the folder cannot be written, or does not end as a trail of this key was written
     */
    TrailFile(TrailConfig config, TrailKey key, Instant now) throws IOException {
        this.folder = new TrailFolder(config.folder());
        this.config = config;
        this.key = key;
        this.lock = folder.lock();
        try {
            if (!goesOn()) {
                id = UUID.randomUUID().toString();
                begin(now);
            }
        } catch (IOException e) {
            lock.close();
            throw e;
        }
    }

    /** The file before stays open until this one has its first line. */
    private void begin(Instant now) throws IOException {
        long next = end.number() + 1;
        FileChannel before = file;
        long bytesBefore = bytes;
        file = folder.open(next);
        bytes = 0;
        try {
            write(List.of(TrailEvent.of(now, "trail.file", Map.of("trail", id, "previous", end.hash()))));
        } catch (IOException e) {
            file.close();
            Files.delete(folder.file(next));
            file = before;
            bytes = bytesBefore;
            throw e;
        }
        if (before != null) {
            before.close();
        }
    }

    /** False if there is no line that is whole. */
    private boolean goesOn() throws IOException {
        List<Long> firsts = folder.firsts();
        for (int i = firsts.size() - 1; i >= 0; i--) {
            Path newest = folder.file(firsts.get(i));
            if (goesOn(newest)) {
                file = folder.open(firsts.get(i));
                file.truncate(bytes); // of a line that a kill has cut
                return true;
            }
            Files.delete(newest);
        }
        return false;
    }

    private boolean goesOn(Path newest) throws IOException {
        try (StoredFile stored = new StoredFile(newest)) {
            Optional<StoredLine> first = Optional.empty();
            Link before = Link.NONE;
            Optional<StoredLine> last = Optional.empty();
            boolean ownKey = true;
            for (Optional<String> line = stored.next(); line.isPresent(); line = stored.next()) {
                before = last.map(StoredLine::link).orElse(before);
                last = StoredLine.of(line.get());
                if (first.isEmpty()) {
                    first = last;
                    before = last.map(StoredLine::previous).orElse(before);
                }
                if (last.filter(StoredLine::isHead).isPresent()) {
                    String signature = key.signature(first.orElseThrow().text("trail"), before);
                    ownKey = last.orElseThrow().text("signature").equals(signature);
                }
            }
            if (stored.wholeBytes() == 0) {
                return false;
            }
            Link from = before;
            end = last.filter(line -> line.follows(from))
                    .map(StoredLine::link)
                    .orElseThrow(() -> new IOException(newest.getFileName()
                            + " does not end as a trail was written; move the folder away to begin another"));
            if (!ownKey) {
                throw new IOException(newest.getFileName()
                        + " was signed with another key; move the folder away to begin another trail");
            }
            id = first.orElseThrow().text("trail");
            bytes = stored.wholeBytes();
            return true;
        }
    }

    /** Whether the trail has passed there. */
    boolean has(Link link) throws IOException {
        return folder.find(link.number()).filter(link::equals).isPresent();
    }

    String id() {
        return id;
    }

    Link end() {
        return end;
    }

    /** Appends all of them, or leaves the file as it was and fails. */
    void write(List<TrailEvent> events) throws IOException {
        TrailLines lines = new TrailLines(end, config.objects(), key);
        events.forEach(lines::add);
        ByteBuffer written = ByteBuffer.wrap(lines.bytes());
        try {
            while (written.hasRemaining()) {
                file.write(written);
            }
        } catch (IOException e) {
            file.truncate(bytes);
            throw e;
        }
        bytes += lines.bytes().length;
        end = lines.end();
    }

    /** Signs what is there, and forces it to the disk. */
    void sign(Instant now) throws IOException {
        write(List.of(TrailEvent.of(now, "trail.head", Map.of("signature", key.signature(id, end)))));
        file.force(false);
    }

    /** Begins another file where this one is long enough, and lets go of those whose time is over. */
    void turn(Instant now) throws IOException {
        if (bytes < config.fileSize()) {
            return;
        }
        sign(now);
        begin(now);
        prune(now);
    }

    private void prune(Instant now) throws IOException {
        if (config.keep().isZero()) {
            return;
        }
        List<Long> over = new ArrayList<>();
        List<Long> firsts = new ArrayList<>(folder.firsts());
        while (firsts.size() > 1 && isOver(folder.file(firsts.get(0)), now)) {
            over.add(firsts.remove(0));
        }
        if (!over.isEmpty()) {
            write(List.of(TrailEvent.of(now, "trail.pruned", Map.of("before", firsts.get(0)))));
            sign(now);
            for (long number : over) {
                Files.delete(folder.file(number));
            }
        }
    }

    private boolean isOver(Path of, Instant now) throws IOException {
        return Files.getLastModifiedTime(of).toInstant().plus(config.keep()).isBefore(now);
    }

    @Override
    public void close() throws IOException {
        try {
            file.close();
        } finally {
            lock.close();
        }
    }
}
