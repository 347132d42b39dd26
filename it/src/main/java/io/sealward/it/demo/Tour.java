package io.sealward.it.demo;

import static io.sealward.it.demo.Script.expect;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.sealward.it.store.S3Target;
import io.sealward.it.store.SdkClients;
import io.sealward.providers.local.LocalKeystore;
import io.sealward.providers.local.LocalKeystoreException;
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
    private final Script script;

    Tour(S3Target gateway, S3Target store, LocalKeystore keystore, String kek, Script script) {
        this.gateway = gateway;
        this.store = store;
        this.keystore = keystore;
        this.kek = kek;
        this.script = script;
    }

    /** @throws Script.Unexpected if a step showed something else than it should */
    void walk() throws LocalKeystoreException {
        try (S3Client client = SdkClients.sync(gateway);
                S3Client behind = SdkClients.sync(store)) {
            upload(client);
            lookBehind(behind);
            readBack(client);
            readRange(client);
            withdraw(client);
            restore(client);
        } catch (SdkException e) {
            throw new Script.Unexpected(e.getMessage());
        }
        script.complete();
    }

    private void upload(S3Client client) {
        script.step("Upload " + CONTENT.length + " bytes with the AWS SDK for Java");
        client.createBucket(r -> r.bucket(BUCKET));
        client.putObject(
                r -> r.bucket(BUCKET).key(KEY).metadata(Map.of("author", "demo")), RequestBody.fromBytes(CONTENT));
        long listed = listedSize(client);
        script.say("listed as " + listed + " bytes");
        expect(listed == CONTENT.length, "another size");
    }

    private void lookBehind(S3Client behind) {
        script.step("What the store holds of it");
        ResponseBytes<GetObjectResponse> raw =
                behind.getObjectAsBytes(r -> r.bucket(BUCKET).key(KEY));
        byte[] bytes = raw.asByteArray();
        script.say(bytes.length + " bytes, of which the first 64:");
        script.say("  " + HexFormat.ofDelimiter(" ").formatHex(Arrays.copyOf(bytes, 32)));
        script.say("  " + HexFormat.ofDelimiter(" ").formatHex(Arrays.copyOfRange(bytes, 32, 64)));
        new TreeMap<>(raw.response().metadata())
                .forEach((name, value) -> script.say("  x-amz-meta-" + name + ": " + value));
        expect(!new String(bytes, UTF_8).contains("quick brown"), "the content is readable");
        expect(
                raw.response().metadata().keySet().stream().anyMatch(name -> name.startsWith("sealward-")),
                "there is no seal");
    }

    private void readBack(S3Client client) {
        script.step("Read it back");
        ResponseBytes<GetObjectResponse> read =
                client.getObjectAsBytes(r -> r.bucket(BUCKET).key(KEY));
        expect(Arrays.equals(read.asByteArray(), CONTENT), "other bytes");
        expect(read.response().metadata().equals(Map.of("author", "demo")), "other metadata");
        script.say("the same " + CONTENT.length + " bytes and metadata; "
                + "x-amz-server-side-encryption: " + read.response().serverSideEncryptionAsString() + ", key "
                + read.response().ssekmsKeyId());
    }

    private void readRange(S3Client client) {
        script.step("Read bytes 90000-90044 of it");
        byte[] part = client.getObjectAsBytes(r -> r.bucket(BUCKET).key(KEY).range("bytes=90000-90044"))
                .asByteArray();
        expect(Arrays.equals(part, Arrays.copyOfRange(CONTENT, 90_000, 90_045)), "other bytes");
        script.say(new String(part, UTF_8).strip());
    }

    private void withdraw(S3Client client) throws LocalKeystoreException {
        script.step("Disable the KEK and read again");
        keystore.disable(kek);
        try {
            client.getObjectAsBytes(r -> r.bucket(BUCKET).key(KEY));
        } catch (S3Exception e) {
            expect(e.statusCode() == 403, "the status is " + e.statusCode());
            AwsErrorDetails details = e.awsErrorDetails();
            script.say(e.statusCode() + " " + details.errorCode() + ": " + details.errorMessage());
            script.say("and still listed as " + listedSize(client) + " bytes");
            return;
        }
        throw new Script.Unexpected("the object is still readable");
    }

    private void restore(S3Client client) throws LocalKeystoreException {
        script.step("Enable the KEK and read again");
        keystore.enable(kek);
        byte[] read = client.getObjectAsBytes(r -> r.bucket(BUCKET).key(KEY)).asByteArray();
        expect(Arrays.equals(read, CONTENT), "other bytes");
        script.say("the same " + CONTENT.length + " bytes");
    }

    private static long listedSize(S3Client client) {
        return client.listObjectsV2(r -> r.bucket(BUCKET)).contents().get(0).size();
    }
}
