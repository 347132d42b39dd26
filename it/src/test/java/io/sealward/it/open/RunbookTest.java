package io.sealward.it.open;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealward.it.stack.Multipart;
import io.sealward.it.stack.RawObject;
import io.sealward.it.stack.Stack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** RUNBOOK.md does what it says: its commands, word for word, on what a gateway has stored. {@link RunbookIT} follows the rest. */
class RunbookTest {
    @RegisterExtension
    static final Stack STACK = Stack.http();

    private static final byte[] CONTENT = Multipart.random(200_000, 7);

    @TempDir
    Path folder;

    private String bucket;

    @BeforeEach
    void store() throws IOException {
        bucket = STACK.bucket();
        try (S3Client client = STACK.client()) {
            for (String key : new String[] {"a/one", "a/two"}) {
                client.putObject(r -> r.bucket(bucket).key(key), RequestBody.fromBytes(CONTENT));
            }
        }
        Files.createDirectory(folder.resolve("backup"));
        Files.copy(STACK.keystoreFile(), folder.resolve("backup/keystore.bcfks"));
    }

    @Test
    void withoutAGatewayEverythingOpens() throws Exception {
        Files.copy(STACK.keystoreFile(), folder.resolve("keystore.bcfks"));

        Program followed = follow("gateway");

        assertThat(followed.output()).isEqualToIgnoringNewLines("2 opened, 0 were there already, 0 failed");
        assertThat(followed.status()).isZero();
        assertThat(folder.resolve("opened/a/one")).hasBinaryContent(CONTENT);
    }

    @Test
    void aCopyOfTheKeystoreIsAsGood() throws Exception {
        Program followed = follow("keystore");

        assertThat(followed.output()).contains("2 opened, 0 were there already, 0 failed");
        assertThat(followed.status()).isZero();
        assertThat(folder.resolve("opened/a/two")).hasBinaryContent(CONTENT);
    }

    @Test
    void aDamagedObjectIsNamedAndTheOthersOpen() throws Exception {
        Files.copy(STACK.keystoreFile(), folder.resolve("keystore.bcfks"));
        try (S3Client behind = STACK.behind()) {
            RawObject sound = RawObject.read(behind, bucket, "a/one");
            byte[] damaged = sound.bytes().clone();
            damaged[70_000] ^= 1;
            behind.putObject(
                    r -> r.bucket(bucket).key("a/one").metadata(sound.metadata()), RequestBody.fromBytes(damaged));
        }

        Program followed = follow("damaged");

        assertThat(followed.output())
                .contains("1 opened, 0 were there already, 1 failed")
                .contains("sealward: a/one: Tampered: ");
        assertThat(folder.resolve("opened/a/one")).doesNotExist();
        assertThat(folder.resolve("opened/a/two")).hasBinaryContent(CONTENT);
    }

    private Program follow(String name) throws IOException, InterruptedException {
        return Program.run(
                folder,
                Map.of(
                        "JAVA",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "CLASSPATH",
                        System.getProperty("java.class.path"),
                        "SEALWARD_KEYSTORE_PASSWORD",
                        Stack.KEYSTORE_PASSWORD,
                        "SEALWARD_STORE_ACCESS_KEY",
                        STACK.store().accessKey(),
                        "SEALWARD_STORE_SECRET_KEY",
                        STACK.store().secretKey(),
                        "STORE",
                        STACK.store().endpoint().toString(),
                        "BUCKET",
                        bucket,
                        "ORGANIZATION",
                        "org-main",
                        "PROJECT",
                        "proj_main"),
                "bash",
                "-euc",
                "sealward() { \"$JAVA\" -Dsealward.log.level=WARN io.sealward.gateway.cli.Sealward \"$@\"; }\n"
                        + Runbook.block(name));
    }
}
