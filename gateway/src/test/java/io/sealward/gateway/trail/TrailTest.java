package io.sealward.gateway.trail;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.sealward.gateway.config.Secret;
import io.sealward.gateway.config.TrailConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrailTest {
    private static final Instant NOW = Instant.parse("2026-11-28T08:00:00Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    private static final String SECRET = "a-secret-of-the-operator-of-32-bytes";

    private final Map<String, Anchors.Anchor> anchored = new HashMap<>();
    private final Anchors anchors = new Anchors() {
        @Override
        public void put(String trailId, Anchor anchor) {
            anchored.put(trailId, anchor);
        }

        @Override
        public Optional<Anchor> find(String trailId) {
            return Optional.ofNullable(anchored.get(trailId));
        }
    };

    @TempDir
    private Path scratch;

    private TrailConfig config() {
        return config(64 << 20, Duration.ZERO, SECRET);
    }

    private TrailConfig config(long fileBytes, Duration keep, String secret) {
        return new TrailConfig(
                scratch.resolve("trail"),
                new Secret(secret),
                TrailConfig.Objects.HASH,
                fileBytes,
                keep,
                Duration.ofSeconds(1));
    }

    private static TrailEvent event(int number) {
        return TrailEvent.of(NOW, "kms.wrap", Map.of("bucket", "photos-" + number));
    }

    /** A run of a gateway in which so much happens. */
    private void write(TrailConfig config, int events) {
        try (Trail trail = Trail.start(config, anchors, CLOCK)) {
            for (int i = 0; i < events; i++) {
                trail.record(event(i));
            }
        }
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(config().folder())) {
            return files.filter(file -> file.toString().endsWith(".jsonl"))
                    .sorted()
                    .toList();
        }
    }

    private Path file() throws IOException {
        return files().get(0);
    }

    private List<String> lines() throws IOException {
        return Files.readAllLines(file(), UTF_8);
    }

    private TrailCheck.Report check() throws IOException {
        return TrailCheck.run(config(), Optional.of(anchors));
    }

    private void assertBroken(String reason) {
        assertThatExceptionOfType(TrailException.class).isThrownBy(this::check).withMessageContaining(reason);
    }

    @Test
    void whatHappenedStandsInOrderAndIsSigned() throws IOException {
        write(config(), 5);
        TrailCheck.Report report = check();
        assertThat(report.first()).isEqualTo(1);
        assertThat(report.last()).isEqualTo(8); // the file, the start, five events, the head
        assertThat(report.heads()).isEqualTo(1);
        assertThat(report.signed()).isEqualTo(7);
        assertThat(report.anchored()).isEqualTo(8);
        assertThat(report.cut()).isFalse();
        assertThat(lines())
                .extracting(line -> line.replaceAll(".*\"type\":\"([a-z.]+)\".*", "$1"))
                .containsExactly(
                        "trail.file",
                        "trail.started",
                        "kms.wrap",
                        "kms.wrap",
                        "kms.wrap",
                        "kms.wrap",
                        "kms.wrap",
                        "trail.head");
    }

    @Test
    void anotherRunGoesOn() throws IOException {
        write(config(), 2);
        write(config(), 2);
        assertThat(check().last()).isEqualTo(9);
        assertThat(check().heads()).isEqualTo(2);
        assertThat(files()).hasSize(1);
    }

    @Test
    void aLineThatAKillHasCutIsTakenAway() throws IOException {
        write(config(), 2);
        Files.writeString(file(), "{\"n\":6,\"time\":\"20", StandardOpenOption.APPEND);
        assertThat(check().cut()).isTrue();
        write(config(), 1);
        assertThat(check().cut()).isFalse();
        assertThat(check().last()).isEqualTo(8);
    }

    @Test
    void aFileWithoutAWholeLineIsBegunAnew() throws IOException {
        write(config(), 2);
        Files.writeString(config().folder().resolve("audit-0000000000000000006.jsonl"), "{\"n\":6");
        write(config(), 1);
        assertThat(check().last()).isEqualTo(8);
    }

    @Test
    void aChangedLineIsNamed() throws IOException {
        write(config(), 5);
        Files.writeString(file(), Files.readString(file()).replace("photos-2", "photos-9"));
        assertBroken(":5: line 5 was changed");
    }

    @Test
    void aChangedLineWithAHashOfItsOwnIsFound() throws IOException {
        write(config(), 5);
        List<String> lines = new ArrayList<>(lines());
        forge(lines, 4, lines.get(4).replace("photos-2", "photos-9"));
        Files.write(file(), lines);
        assertBroken(":6: line 6 was changed, or the one before it");
    }

    /** Makes a line fit behind the one before it. */
    private static void forge(List<String> lines, int index, String line) {
        StoredLine other = StoredLine.of(line).orElseThrow();
        Link link = StoredLine.of(lines.get(index - 1))
                .orElseThrow()
                .link()
                .after(other.body().getBytes(UTF_8));
        lines.set(index, other.body() + ",\"chain\":\"" + link.hash() + "\"}");
    }

    @Test
    void changedLinesWithAllHashesBehindThemAreFoundByTheSignature() throws IOException {
        write(config(), 5);
        List<String> lines = new ArrayList<>(lines());
        forge(lines, 4, lines.get(4).replace("photos-2", "photos-9"));
        for (int i = 5; i < lines.size(); i++) {
            forge(lines, i, lines.get(i));
        }
        Files.write(file(), lines);
        assertBroken(":8: the signature is not right: a line behind 0 was changed");
    }

    @Test
    void aMissingLineIsNamed() throws IOException {
        write(config(), 5);
        List<String> lines = new ArrayList<>(lines());
        lines.remove(3);
        Files.write(file(), lines);
        assertBroken(":4: line 4 is missing: here is line 5");
    }

    @Test
    void aLineThatWasPutInIsNamed() throws IOException {
        write(config(), 5);
        List<String> lines = new ArrayList<>(lines());
        lines.add(3, lines.get(3));
        Files.write(file(), lines);
        assertBroken(":5: line 5 is missing: here is line 4");
    }

    @Test
    void anEndThatWasTakenAwayIsMissedByTheRegistry() throws IOException {
        write(config(), 5);
        Files.write(file(), lines().subList(0, 6));
        assertBroken("line 7 is missing: the registry knows of line 8");
        assertThat(TrailCheck.run(config(), Optional.empty()).last()).isEqualTo(6); // which the files alone cannot tell
    }

    @Test
    void noGatewayGoesOnWithATrailThatLacksTheEndTheRegistryKnows() throws IOException {
        write(config(), 5);
        Files.write(file(), lines().subList(0, 4));
        assertThatIllegalStateException()
                .isThrownBy(() -> write(config(), 9))
                .withMessageContaining("line 8 is not there as the registry knows it");
        assertBroken("line 5 is missing: the registry knows of line 8");
    }

    @Test
    void noGatewayGoesOnWithATrailThatHasAnotherEndThanTheRegistryKnows() throws IOException {
        write(config(), 5);
        Files.write(file(), lines().subList(0, 4));
        try (Trail forged = Trail.start(config(), Anchors.NONE, CLOCK)) {
            for (int i = 0; i < 9; i++) {
                forged.record(event(i));
            }
        }
        assertThatIllegalStateException()
                .isThrownBy(() -> write(config(), 9))
                .withMessageContaining("line 8 is not there as the registry knows it");
        assertBroken("line 8 is not the one that the registry knows");
    }

    @Test
    void anotherKeySignsOtherwise() throws IOException {
        write(config(), 1);
        assertThatExceptionOfType(TrailException.class)
                .isThrownBy(() -> TrailCheck.run(config(1 << 20, Duration.ZERO, SECRET + "!"), Optional.empty()))
                .withMessageContaining("or this is not the key of the trail");
    }

    @Test
    void aFileThatIsLongEnoughIsFollowedByAnother() throws IOException {
        TrailConfig small = config(1_000, Duration.ZERO, SECRET);
        write(small, 20);
        write(small, 20);
        assertThat(files()).hasSizeGreaterThan(2);
        assertThat(check().first()).isEqualTo(1);
        Files.delete(files().get(1));
        assertBroken("is missing: here is line");
    }

    @Test
    void filesWhoseTimeIsOverGoAndTheTrailSaysSo() throws IOException {
        TrailConfig small = config(1_000, Duration.ofDays(1), SECRET);
        write(small, 20);
        Path first = file();
        Files.setLastModifiedTime(first, FileTime.from(NOW.minus(Duration.ofDays(2))));
        for (Path other : files().subList(1, files().size())) {
            Files.setLastModifiedTime(other, FileTime.from(NOW));
        }
        write(small, 20);
        assertThat(first).doesNotExist();
        assertThat(check().first()).isGreaterThan(1);
        Files.delete(file());
        assertBroken("is missing: the trail begins with line");
    }

    @Test
    void twoGatewaysCannotWriteOneTrail() {
        try (Trail trail = Trail.start(config(), anchors, CLOCK)) {
            assertThat(trail.lost()).isZero();
            assertThatIllegalStateException()
                    .isThrownBy(() -> Trail.start(config(), anchors, CLOCK))
                    .withMessageContaining("another gateway writes there");
        }
    }

    @Test
    void noTrailIsWrittenBehindOneThatWasChanged() throws IOException {
        write(config(), 1);
        Files.writeString(file(), Files.readString(file()).replace("trail.head", "trail.tail"));
        assertThatIllegalStateException()
                .isThrownBy(() -> write(config(), 1))
                .withMessageContaining("does not end as a trail was written");
    }

    @Test
    void onlyTheOwnerReadsIt() throws IOException {
        write(config(), 1);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(config().folder())))
                .isEqualTo("rwx------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");
    }

    @Test
    void whatIsLostIsCountedInTheTrail() throws IOException {
        try (Trail trail = Trail.start(config(), anchors, CLOCK)) {
            for (int i = 0; i < 200_000 && trail.lost() == 0; i++) { // quicker than any disk
                trail.record(event(i));
            }
            assertThat(trail.lost()).isPositive();
        }
        assertThat(Files.readString(file())).contains("\"type\":\"trail.lost\",\"count\":");
    }

    @Test
    void aTrailOfAnotherKeyIsNotGoneOnWith() {
        write(config(), 1);
        assertThatIllegalStateException()
                .isThrownBy(() -> write(config(64 << 20, Duration.ZERO, "another-secret-of-an-operator-of-32"), 1))
                .withMessageContaining("another key");
    }

    @Test
    void aLinkIsNotWrittenThroughNorRead() throws IOException {
        write(config(), 1);
        Path elsewhere = scratch.resolve("elsewhere");
        Files.move(file(), elsewhere);
        Files.createSymbolicLink(config().folder().resolve("audit-0000000000000000001.jsonl"), elsewhere);
        assertThatIllegalStateException()
                .isThrownBy(() -> write(config(), 1))
                .withMessageContaining("is no file of its own");
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(this::check)
                .withMessageContaining("is no file of its own");
    }

    @Test
    void theFileThatComesNextIsNotMadeThroughALink() throws IOException {
        Path elsewhere = scratch.resolve("elsewhere");
        TrailFolder folder = new TrailFolder(scratch);
        Files.createSymbolicLink(folder.file(5), elsewhere);
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> folder.open(5));
        assertThat(elsewhere).doesNotExist();
    }

    @Test
    void halfASurrogatePairIsToldLikeAllElse() throws IOException {
        try (Trail trail = Trail.start(config(), anchors, CLOCK)) {
            trail.record(TrailEvent.of(NOW, "external_key.refused", Map.of("reason", "\ud83d")));
            trail.record(event(2));
        }
        assertThat(lines())
                .anyMatch(line -> line.contains("\"reason\":\"\\uD83D\""))
                .anyMatch(line -> line.contains("photos-2"));
        assertThat(check().cut()).isFalse();
    }

    @Test
    void theEndIsSignedThoughTheClockGoesBack() throws Exception {
        AtomicReference<Instant> now = new AtomicReference<>(NOW);
        InstantSource source = now::get;
        CountDownLatch told = new CountDownLatch(1);
        Anchors listening = new Anchors() {
            @Override
            public void put(String trailId, Anchor anchor) {
                told.countDown();
            }

            @Override
            public Optional<Anchor> find(String trailId) {
                return Optional.empty();
            }
        };
        try (Trail trail = Trail.start(config(), listening, source.withZone(ZoneOffset.UTC))) {
            now.set(NOW.minus(Duration.ofHours(1)));
            trail.record(event(1));
            assertThat(told.await(2, TimeUnit.MINUTES)).isTrue();
        }
    }
}
