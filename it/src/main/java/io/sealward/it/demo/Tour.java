package io.sealward.it.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sealward.it.store.S3Target;
import io.sealward.it.store.SdkClients;
import io.sealward.providers.local.LocalKeystore;
import io.sealward.providers.local.LocalKeystoreException;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** The steps of the demo, each one checked. */
final class Tour {
    private static final String BUCKET = "tour";
    private static final String KEY = "letters/hello.txt";
    private static final String LINE = "The quick brown fox jumps over the lazy dog.\n";
    private static final byte[] CONTENT = LINE.repeat(3_000).getBytes(UTF_8);

    private final S3Target gateway;
    private final S3Target store;
    private final LocalKeystore keystore;
    private final String kek;
    private final PrintStream out;

    Tour(S3Target gateway, S3Target store, LocalKeystore keystore, String kek, PrintStream out) {
        this.gateway = gateway;
        this.store = store;
        this.keystore = keystore;
        this.kek = kek;
        this.out = out;
    }

    /** Whether every step did what it should; a step that did not is the last one printed. */
    boolean walk() throws LocalKeystoreException {
        try (S3Client client = SdkClients.sync(gateway);
                S3Client behind = SdkClients.sync(store)) {
            upload(client);
            lookBehind(behind);
            readBack(client);
            readRange(client);
            withdraw(client);
            restore(client);
            out.println();
            out.println("The tour is complete.");
            return true;
        } catch (SdkException | Unexpected e) {
            out.println("   FAILED: " + e.getMessage());
            return false;
        }
    }

    private void upload(S3Client client) {
        step("Upload " + CONTENT.length + " bytes with the AWS SDK for Java");
        client.createBucket(r -> r.bucket(BUCKET));
        client.putObject(
                r -> r.bucket(BUCKET).key(KEY).metadata(Map.of("author", "demo")), RequestBody.fromBytes(CONTENT));
        long listed = listedSize(client);
        say("listed as " + listed + " bytes");
        expect(listed == CONTENT.length, "another size");
    }

    private void lookBehind(S3Client behind) {
        step("What the store holds of it");
        ResponseBytes<GetObjectResponse> raw =
                behind.getObjectAsBytes(r -> r.bucket(BUCKET).key(KEY));
        byte[] bytes = raw.asByteArray();
        say(bytes.length + " bytes, of which the first 64:");
        say("  " + HexFormat.ofDelimiter(" ").formatHex(Arrays.copyOf(bytes, 32)));
        say("  " + HexFormat.ofDelimiter(" ").formatHex(Arrays.copyOfRange(bytes, 32, 64)));
        new TreeMap<>(raw.response().metadata()).forEach((name, value) -> say("  x-amz-meta-" + name + ": " + value));
        expect(!new String(bytes, UTF_8).contains("quick brown"), "the content is readable");
        expect(
                raw.response().metadata().keySet().stream().anyMatch(name -> name.startsWith("sealward-")),
                "there is no seal");
    }

    private void readBack(S3Client client) {
        step("Read it back");
        ResponseBytes<GetObjectResponse> read =
                client.getObjectAsBytes(r -> r.bucket(BUCKET).key(KEY));
        expect(Arrays.equals(read.asByteArray(), CONTENT), "other bytes");
        expect(read.response().metadata().equals(Map.of("author", "demo")), "other metadata");
        say("the same " + CONTENT.length + " bytes and metadata; "
                + "x-amz-server-side-encryption: " + read.response().serverSideEncryptionAsString() + ", key "
                + read.response().ssekmsKeyId());
    }

    private void readRange(S3Client client) {
        step("Read bytes 90000-90044 of it");
        byte[] part = client.getObjectAsBytes(r -> r.bucket(BUCKET).key(KEY).range("bytes=90000-90044"))
                .asByteArray();
        expect(Arrays.equals(part, Arrays.copyOfRange(CONTENT, 90_000, 90_045)), "other bytes");
        say(new String(part, UTF_8).strip());
    }

    private void withdraw(S3Client client) throws LocalKeystoreException {
        step("Disable the KEK and read again");
        keystore.disable(kek);
        try {
            client.getObjectAsBytes(r -> r.bucket(BUCKET).key(KEY));
        } catch (S3Exception e) {
            expect(e.statusCode() == 403, "the status is " + e.statusCode());
            AwsErrorDetails details = e.awsErrorDetails();
            say(e.statusCode() + " " + details.errorCode() + ": " + details.errorMessage());
            say("and still listed as " + listedSize(client) + " bytes");
            return;
        }
        throw new Unexpected("the object is still readable");
    }

    private void restore(S3Client client) throws LocalKeystoreException {
        step("Enable the KEK and read again");
        keystore.enable(kek);
        byte[] read = client.getObjectAsBytes(r -> r.bucket(BUCKET).key(KEY)).asByteArray();
        expect(Arrays.equals(read, CONTENT), "other bytes");
        say("the same " + CONTENT.length + " bytes");
    }

    private static long listedSize(S3Client client) {
        return client.listObjectsV2(r -> r.bucket(BUCKET)).contents().get(0).size();
    }

    private void step(String title) {
        out.println();
        out.println("-- " + title);
    }

    private void say(String line) {
        out.println("   " + line);
    }

    private static void expect(boolean held, String otherwise) {
        if (!held) {
            throw new Unexpected(otherwise);
        }
    }

    /** A step that went through and showed something else than it should. */
    private static final class Unexpected extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Unexpected(String message) {
            super(message);
        }
    }
}
