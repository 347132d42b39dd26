package io.sealward.gateway.cli;

import io.sealward.crypto.key.ObjectBinding;
import io.sealward.crypto.key.SealException;
import io.sealward.gateway.recovery.MetadataFile;
import io.sealward.gateway.recovery.ObjectsInFolder;
import io.sealward.gateway.recovery.ObjectsInStore;
import io.sealward.gateway.recovery.Opening;
import io.sealward.gateway.recovery.OwnKeys;
import io.sealward.gateway.recovery.Recovery;
import io.sealward.gateway.recovery.StoredObjects;
import io.sealward.gateway.recovery.TargetFolder;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sealward open}: stored objects without a gateway. */
@Command(
        name = "open",
        description =
                "Opens objects from their stored bytes, their metadata and leave to unwrap at the KMS. Writes nothing"
                        + " of an object unless every byte of it verifies.",
        mixinStandardHelpOptions = true)
final class OpenCommand implements Callable<Integer> {
    @Mixin
    private OwnKeyOptions keyOptions;

    @Option(names = "--organization", required = true, paramLabel = "ID", description = "As in the configuration.")
    private String organization;

    @Option(names = "--project", required = true, paramLabel = "ID", description = "As in the configuration.")
    private String project;

    @Option(
            names = "--bucket",
            paramLabel = "NAME",
            description = "The bucket it was stored in, as clients know it; that of s3:// if not given.")
    private Optional<String> bucket;

    @Option(names = "--key", paramLabel = "KEY", description = "Of one object: its key, not percent-encoded.")
    private Optional<String> key;

    @Option(
            names = {"-m", "--metadata"},
            paramLabel = "FILE",
            description =
                    "Of one object, JSON: its x-amz-meta-sealward-* headers, or what `aws s3api head-object` printed.")
    private Optional<Path> metadata;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description =
                    "Where the plaintext goes. Of one object a file, which is replaced, or standard output if not given;"
                            + " of several a folder, in which nothing is replaced.")
    private Optional<Path> output;

    @Option(
            names = "--store",
            paramLabel = "URL",
            description = "Endpoint of the store that s3:// is about; AWS S3 if not given. Its credential is in"
                    + " SEALWARD_STORE_ACCESS_KEY and SEALWARD_STORE_SECRET_KEY, else where AWS's tools look for one.")
    private Optional<URI> store;

    @Parameters(
            paramLabel = "SEALED",
            description =
                    "One object's bytes as the store holds them; or s3://BUCKET/PREFIX; or a folder with a file for each"
                            + " object, and beside each NAME.metadata.json.")
    private String sealed;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, SealException {
        try (OwnKeys keys = keyOptions.open()) {
            if (ObjectsInStore.isAddress(sealed)) {
                try (ObjectsInStore objects = ObjectsInStore.at(sealed, store)) {
                    return openAll(objects, bucket.orElse(objects.bucket()), keys);
                }
            }
            Path path = Path.of(sealed);
            return Files.isDirectory(path)
                    ? openAll(new ObjectsInFolder(path), required("--bucket", bucket), keys)
                    : openOne(path, keys);
        }
    }

    private int openAll(StoredObjects objects, String from, OwnKeys keys) throws IOException {
        PrintWriter err = spec.commandLine().getErr();
        Recovery.Outcome outcome = new Recovery(
                        objects,
                        name -> new ObjectBinding(organization, project, from, name),
                        keys,
                        new TargetFolder(required("--output", output)),
                        failure -> err.println("sealward: " + failure))
                .run();
        if (outcome.equals(new Recovery.Outcome(0, 0, 0))) {
            throw new CommandFailure("there is no object under " + sealed);
        }
        spec.commandLine()
                .getOut()
                .println(outcome.opened() + " opened, " + outcome.present() + " were there already, " + outcome.failed()
                        + " failed");
        return outcome.failed() == 0 ? 0 : Sealward.FAILED;
    }

    private int openOne(Path file, OwnKeys keys) throws IOException, SealException {
        ObjectBinding place =
                new ObjectBinding(organization, project, required("--bucket", bucket), required("--key", key));
        Path described = required("--metadata", metadata);
        requireFile(file);
        requireFile(described);
        try (Opening opening = Opening.of(MetadataFile.read(described), place, keys)) {
            if (output.isPresent()) {
                toFile(opening, file, output.get());
            } else {
                toStandardOutput(opening, file);
            }
        }
        return 0;
    }

    /** Through a file beside it that its owner alone can read, so that nobody ever sees a part of it under its name. */
    private static void toFile(Opening opening, Path file, Path target) throws IOException, SealException {
        Path partial = Files.createTempFile(target.toAbsolutePath().getParent(), ".sealward-", ".partial");
        try {
            try (OutputStream plaintext = Files.newOutputStream(partial)) {
                copy(opening, file, plaintext);
            }
            Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(partial);
        }
    }

    /** Reads the object twice: what went out could not be taken back. */
    private static void toStandardOutput(Opening opening, Path file) throws IOException, SealException {
        copy(opening, file, OutputStream.nullOutputStream());
        OutputStream plaintext = new BufferedOutputStream(System.out);
        copy(opening, file, plaintext);
        plaintext.flush();
        if (System.out.checkError()) {
            throw new CommandFailure("the plaintext could not be written to standard output");
        }
    }

    private static void copy(Opening opening, Path file, OutputStream plaintext) throws IOException, SealException {
        try (InputStream bytes = Files.newInputStream(file)) {
            opening.copy(bytes, plaintext);
        }
    }

    private static <T> T required(String option, Optional<T> given) {
        return given.orElseThrow(() -> new CommandFailure("give " + option));
    }

    private static void requireFile(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new CommandFailure("there is no file " + file);
        }
    }
}
