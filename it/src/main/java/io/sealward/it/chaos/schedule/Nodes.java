package io.sealward.it.chaos.schedule;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.sealward.it.packaged.Folder;
import io.sealward.it.packaged.Launcher;
import io.sealward.it.packaged.Resources;
import io.sealward.it.store.EmbeddedS3Proxy;
import io.sealward.it.store.SdkClients;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awssdk.services.s3.S3Client;

/** Packaged gateways of one tenant in front of one store, all in one folder: whatever any of them writes can be found there. */
final class Nodes implements AutoCloseable {
    static final String KEYSTORE_PASSWORD = "chaos-keystore-password";

    private final Resources resources = new Resources();
    private final Folder folder;
    private final List<Node> nodes = new ArrayList<>();

    private Nodes(int count) throws IOException {
        Runtime.getRuntime().addShutdownHook(new Thread(resources::close, "kills-end"));
        folder = resources.own(() -> Folder.temporary("sealward-kills-"));
        EmbeddedS3Proxy store =
                resources.own(() -> EmbeddedS3Proxy.inFolder(folder.path().resolve("store")));
        try (S3Client client = SdkClients.sync(store.target())) {
            client.createBucket(r -> r.bucket(World.BUCKET));
        }
        Launcher launcher = Launcher.of(resources);
        Path keystore = folder.path().resolve("keystore.bcfks");
        launcher.run(
                Map.of("SEALWARD_KEYSTORE_PASSWORD", KEYSTORE_PASSWORD),
                "keystore",
                "create",
                "--keystore",
                keystore.toString(),
                "default");
        for (int i = 0; i < count; i++) {
            Path own = Files.createDirectory(folder.path().resolve("node" + i));
            FaultyLink link = resources.own(() -> new FaultyLink(store.target()));
            nodes.add(new Node(launcher, own, keystore, link));
        }
    }

    /** Returns when all serve. */
    static Nodes start(int count) throws IOException {
        return new Nodes(count);
    }

    List<Node> all() {
        return List.copyOf(nodes);
    }

    Path folder() {
        return folder.path();
    }

    /** Files in which content lies in the clear: objects, parts, logs, trails, and whatever else there is. */
    List<String> inTheClear() throws IOException {
        try (Stream<Path> files = Files.walk(folder.path())) {
            return files.filter(Files::isRegularFile)
                    .filter(Nodes::holdsContent)
                    .map(file -> "content in the clear: " + file)
                    .toList();
        }
    }

    private static boolean holdsContent(Path file) {
        try {
            return new String(Files.readAllBytes(file), ISO_8859_1).contains(Contents.PLANTED);
        } catch (NoSuchFileException gone) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        resources.close();
    }
}
