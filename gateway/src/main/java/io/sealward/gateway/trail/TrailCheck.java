package io.sealward.gateway.trail;

import io.sealward.gateway.config.TrailConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Checks a trail, also while it is being written. */
public final class TrailCheck {
    private final TrailFolder folder;
    private final Path path;
    private final TrailKey key;
    private final Optional<Anchors> anchors;
    private Optional<Anchors.Anchor> anchor = Optional.empty();
    private String id = "";
    private Link end = Link.NONE;
    private long begin;
    private long prunedBefore = 1;
    private long heads;
    private Link signed = Link.NONE;
    private boolean cut;

    private TrailCheck(TrailConfig config, Optional<Anchors> anchors) {
        this.path = config.folder();
        this.folder = new TrailFolder(path);
        this.key = new TrailKey(config.key().value());
        this.anchors = anchors;
    }

    /**
     * What was found of a trail that is whole.
     *
     * @param first number of the first line there is; those before were pruned, and the trail says so
     * @param last number of the last line
     * @param heads how many signatures there are, all of them right
     * @param signed number of the last line under a signature
     * @param anchored number of the line that the registry keeps, with all before it; 0 if it keeps none
     * @param cut whether a line is not whole behind the last: one that is being written, or that a kill has cut
     */
    public record Report(String trailId, long first, long last, long heads, long signed, long anchored, boolean cut) {}

    /**
     * Reads all of it.
     *
     * @param anchors what the registry keeps; empty if it cannot be asked
     * @throws TrailException naming the first line that is missing or was changed
     * @throws IOException if the files cannot be read
     */
    public static Report run(TrailConfig config, Optional<Anchors> anchors) throws IOException {
        return new TrailCheck(config, anchors).run();
    }

    private Report run() throws IOException {
        List<Long> firsts = folder.firsts();
        if (firsts.isEmpty()) {
            throw new TrailException(path + ": there is no trail");
        }
        begin = firsts.get(0);
        for (long first : firsts) {
            file(first);
        }
        if (begin > prunedBefore) {
            throw new TrailException("line " + prunedBefore + " is missing: the trail begins with line " + begin
                    + ", and does not say that it was pruned");
        }
        anchor.filter(kept -> kept.end().number() > end.number()).ifPresent(kept -> {
            throw new TrailException("line " + (end.number() + 1) + " is missing: the registry knows of line "
                    + kept.end().number());
        });
        return new Report(
                id,
                begin,
                end.number(),
                heads,
                signed.number(),
                anchor.map(kept -> kept.end().number()).orElse(0L),
                cut);
    }

    private void file(long first) throws IOException {
        String name = folder.file(first).getFileName().toString();
        if (cut) {
            throw new TrailException(name + ": the file before it ends with a line that is cut");
        }
        try (StoredFile stored = new StoredFile(folder.file(first))) {
            long at = 0;
            for (Optional<String> text = stored.next(); text.isPresent(); text = stored.next()) {
                String where = name + ":" + ++at + ": ";
                StoredLine line = StoredLine.of(text.get())
                        .orElseThrow(() -> new TrailException(where + "line " + (end.number() + 1) + " was changed"));
                if (at == 1) {
                    begin(line, first, where);
                }
                line(line, where);
            }
            cut = stored.isCut();
        }
    }

    private void begin(StoredLine line, long first, String where) {
        if (end.number() == 0) {
            id = line.text("trail");
            end = line.previous();
            anchor = anchors.flatMap(kept -> kept.find(id));
        }
        if (line.number() != first
                || !line.text("trail").equals(id)
                || !line.text("type").equals("trail.file")) {
            throw new TrailException(where + "is not how file " + first + " of this trail begins");
        }
    }

    private void line(StoredLine line, String where) {
        long expected = end.number() + 1;
        if (line.number() != expected) {
            throw new TrailException(where + "line " + expected + " is missing: here is line " + line.number());
        }
        if (!line.follows(end)) {
            throw new TrailException(where + "line " + expected + " was changed, or the one before it");
        }
        String type = line.text("type");
        if (type.equals("trail.head")) {
            if (!line.text("signature").equals(key.signature(id, end))) {
                throw new TrailException(where + "the signature is not right: a line behind " + signed.number()
                        + " was changed, or this is not the key of the trail");
            }
            heads++;
            signed = end;
        } else if (type.equals("trail.pruned")) {
            prunedBefore = line.number("before");
        }
        end = line.link();
        anchor.filter(kept -> kept.end().number() == expected && !kept.end().equals(end))
                .ifPresent(kept -> {
                    throw new TrailException(where + "line " + expected + " is not the one that the registry knows");
                });
    }
}
