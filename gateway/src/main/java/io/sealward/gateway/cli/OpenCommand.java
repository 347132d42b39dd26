package io.sealward.gateway.cli;

import io.sealward.crypto.key.Dek;
import io.sealward.crypto.key.KekReference;
import io.sealward.crypto.key.ObjectBinding;
import io.sealward.crypto.key.SealException;
import io.sealward.crypto.key.WrappingSecret;
import io.sealward.crypto.seal.ObjectSeal;
import io.sealward.gateway.key.WrapContexts;
import io.sealward.providers.KmsError;
import io.sealward.providers.KmsException;
import io.sealward.providers.StageFailure;
import io.sealward.providers.WrapContext;
import io.sealward.providers.WrappedSecret;
import io.sealward.providers.local.LocalKek;
import io.sealward.providers.local.LocalKeystore;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sealward open}: an object without a gateway and without a store. */
@Command(
        name = "open",
        description = "Opens an object from its stored bytes, its metadata and a local keystore. Writes nothing unless"
                + " every byte of the object verifies.",
        mixinStandardHelpOptions = true)
final class OpenCommand implements Callable<Integer> {
    @Mixin
    private KeystoreOptions keystoreFile;

    @Mixin
    private PlaceOptions stored;

    @Option(
            names = {"-m", "--metadata"},
            required = true,
            paramLabel = "FILE",
            description = "JSON: the object's x-amz-meta-sealward-* headers, or what `aws s3api head-object` printed.")
    private Path metadata;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Where the plaintext goes; standard output if not given. An existing file is replaced.")
    private Optional<Path> output;

    @Parameters(paramLabel = "SEALED", description = "The object's bytes as the store holds them.")
    private Path sealed;

    @Override
    public Integer call() throws IOException, SealException {
        requireFile(sealed);
        requireFile(metadata);
        ObjectSeal seal = ObjectSeal.fromMetadata(MetadataFile.read(metadata).entrySet())
                .orElseThrow(() -> new CommandFailure(metadata + " holds no seal: this object was not sealed"));
        Dek dek = dek(seal, stored.place());
        try {
            SealedFile object = new SealedFile(sealed, seal.layout(), dek);
            if (output.isPresent()) {
                toFile(object, output.get());
            } else {
                toStandardOutput(object);
            }
            return 0;
        } finally {
            dek.destroy();
        }
    }

    private Dek dek(ObjectSeal seal, ObjectBinding place) throws IOException, SealException {
        KekReference reference = seal.kek();
        if (!reference.provider().equals(LocalKek.PROVIDER)) {
            throw new CommandFailure("the KEK of this object is " + reference.keyId() + " at " + reference.provider()
                    + ", not a key of a local keystore");
        }
        try (LocalKeystore keystore = keystoreFile.open();
                LocalKek kek = keystore.kek(reference.keyId())) {
            WrappedSecret wrapped = new WrappedSecret(reference.keyVersion(), seal.wrappedSecret());
            WrappingSecret secret = unwrap(kek, wrapped, WrapContexts.of(place, seal.scope()));
            try {
                return seal.open(secret, place);
            } finally {
                secret.destroy();
            }
        }
    }

    private static WrappingSecret unwrap(LocalKek kek, WrappedSecret wrapped, WrapContext context)
            throws SealException {
        try {
            return WrappingSecret.takeOwnershipOf(
                    kek.unwrap(wrapped, context).toCompletableFuture().join());
        } catch (CompletionException e) {
            if (!(StageFailure.cause(e) instanceof KmsException refused)) {
                throw e;
            }
            if (refused.error() == KmsError.CORRUPT) {
                throw new SealException.WrongKey("the key '" + kek.keyId()
                        + "' wrapped no such secret for this organization, project, bucket and key");
            }
            throw new CommandFailure(refused.getMessage());
        }
    }

    /** Through a file beside it that its owner alone can read, so that nobody ever sees a part of it under its name. */
    private static void toFile(SealedFile object, Path target) throws IOException, SealException {
        Path partial = Files.createTempFile(target.toAbsolutePath().getParent(), ".sealward-", ".partial");
        try {
            try (OutputStream plaintext = Files.newOutputStream(partial)) {
                object.open(plaintext);
            }
            Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(partial);
        }
    }

    /** Reads the object twice: what went out could not be taken back. */
    private static void toStandardOutput(SealedFile object) throws IOException, SealException {
        object.open(OutputStream.nullOutputStream());
        OutputStream plaintext = new BufferedOutputStream(System.out);
        object.open(plaintext);
        plaintext.flush();
        if (System.out.checkError()) {
            throw new CommandFailure("the plaintext could not be written to standard output");
        }
    }

    private static void requireFile(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new CommandFailure("there is no file " + file);
        }
    }
}
