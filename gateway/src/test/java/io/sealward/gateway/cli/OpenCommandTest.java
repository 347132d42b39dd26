package io.sealward.gateway.cli;

import static io.sealward.crypto.format.Format.V1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.sealward.crypto.frame.PartSealer;
import io.sealward.crypto.key.Dek;
import io.sealward.crypto.key.KekReference;
import io.sealward.crypto.key.ObjectBinding;
import io.sealward.crypto.key.WrappingSecret;
import io.sealward.crypto.seal.Layout;
import io.sealward.crypto.seal.ObjectSeal;
import io.sealward.crypto.seal.WrapScope;
import io.sealward.gateway.QuickKeystore;
import io.sealward.gateway.key.WrapContexts;
import io.sealward.providers.WrappedSecret;
import io.sealward.providers.local.LocalKeystore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Objects that a gateway wrote are opened in the module it; here it is what must not open. */
class OpenCommandTest {
    private static final ObjectBinding PLACE = new ObjectBinding("org-a", "proj_b", "bucket", "a/key ü");
    private static final String PASSWORD = "correct horse";
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final byte[] CONTENT = content(150_000);

    @TempDir
    Path folder;

    private Map<String, String> metadata;

    @BeforeEach
    void store() throws Exception {
        write(WrapScope.OBJECT, CONTENT);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 65_535, 65_536, 65_537, 200_000})
    void opensAnObjectOfAnySize(int size) throws Exception {
        write(WrapScope.OBJECT, content(size));

        assertThat(open("key", PLACE.key()).errors()).isEmpty();
        assertThat(plain()).hasBinaryContent(content(size));
    }

    @ParameterizedTest
    @EnumSource
    void opensUnderEitherScopeOfTheWrap(WrapScope scope) throws Exception {
        write(scope, CONTENT);

        assertThat(open("key", PLACE.key()).status()).isZero();
        assertThat(plain()).hasBinaryContent(CONTENT);
    }

    @Test
    void writesToStandardOutputWhenNotToldWhere() {
        Invocation opened = Invocation.of(Arrays.copyOf(arguments("key", PLACE.key()), 14));

        assertThat(opened.status()).isZero();
        assertThat(opened.output()).isEqualTo(CONTENT);
    }

    @Test
    void takesTheMetadataAsHeadersOrAsTheAwsCliPrintsIt() throws IOException {
        for (Object form : new Object[] {
            Map.of("ContentLength", 7, "Metadata", metadata),
            metadata.entrySet().stream()
                    .collect(Collectors.toMap(entry -> "X-Amz-Meta-" + entry.getKey(), Map.Entry::getValue))
        }) {
            writeMetadata(form);

            assertThat(open("key", PLACE.key()).status()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"organization", "project", "bucket", "key"})
    void anotherPlaceIsTheWrongKey(String name) {
        assertRefused(open(name, "other"), "WrongKey: ");
    }

    @Test
    void aFlippedBitAnywhereIsRefusedAndWritesNothing() throws IOException {
        for (int position : new int[] {0, 5, 31, 32, 70_000, CONTENT.length}) {
            byte[] sealed = Files.readAllBytes(sealed());
            sealed[position] ^= 1;
            Files.write(sealed(), sealed);

            Invocation opened = open("key", PLACE.key());

            assertRefused(opened, "");
            assertThat(opened.errors()).containsPattern("^sealward: (Tampered|Malformed|UnknownVersion): ");
            sealed[position] ^= 1;
            Files.write(sealed(), sealed);
        }
    }

    @Test
    void anObjectCutAnywhereIsTruncatedAndNothingGoesToStandardOutput() throws IOException {
        byte[] whole = Files.readAllBytes(sealed());
        for (int length : new int[] {0, 20, 40, 65_584, 65_600, whole.length - 48, whole.length - 1}) {
            Files.write(sealed(), Arrays.copyOf(whole, length));

            Invocation opened = Invocation.of(Arrays.copyOf(arguments("key", PLACE.key()), 14));

            assertRefused(opened, "Truncated: ");
        }
    }

    @Test
    void bytesAfterTheEndAreTampering() throws IOException {
        byte[] whole = Files.readAllBytes(sealed());
        Files.write(sealed(), Arrays.copyOf(whole, whole.length + 48));

        assertThat(open("key", PLACE.key()).status()).isEqualTo(1);
        assertThat(plain()).doesNotExist();
    }

    @Test
    void metadataWithoutASealOrWithHalfOfOneIsRefused() throws IOException {
        writeMetadata(Map.of("colour", "blue"));
        assertRefused(open("key", PLACE.key()), "holds no seal");

        Map<String, String> half = new HashMap<>(metadata);
        half.remove("sealward-dek");
        writeMetadata(half);
        assertRefused(open("key", PLACE.key()), "Malformed: sealward-dek is missing");

        Files.writeString(metadataFile(), "[1, 2");
        assertRefused(open("key", PLACE.key()), "is not a JSON object");
    }

    @Test
    void aDisabledKeyOpensNothing() throws Exception {
        try (LocalKeystore keystore = LocalKeystore.open(keystore(), PASSWORD.toCharArray())) {
            keystore.disable("kek");
        }

        assertRefused(open("key", PLACE.key()), "The key 'kek' is disabled.");
    }

    @Test
    void theKeyOfACloudIsNotLookedForInAKeystore() throws IOException {
        writeMetadata(changed("sealward-kek", kek -> kek.replace("local", "aws")));

        assertRefused(open("key", PLACE.key()), "if it is the organization's own key, add --kek 'aws:kek'");
    }

    @Test
    void aMissingFileIsNamed() throws IOException {
        Files.delete(sealed());

        assertRefused(open("key", PLACE.key()), "there is no file " + sealed());
    }

    @Test
    void opensAFolderOfObjectsOnceAndNamesWhatDoesNotOpen() throws Exception {
        Path objects = Files.createDirectories(folder.resolve("objects/a"));
        Files.copy(sealed(), objects.resolve("key ü"));
        Files.copy(metadataFile(), objects.resolve("key ü.metadata.json"));
        Files.copy(sealed(), objects.resolve("moved"));
        Files.copy(metadataFile(), objects.resolve("moved.metadata.json"));
        Files.writeString(objects.resolve("alone.metadata.json"), "{}");
        Files.copy(sealed(), objects.resolve("bare"));

        Invocation opened = openFolder();

        assertThat(opened.status()).isEqualTo(1);
        assertThat(opened.errors().lines())
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("sealward: a/alone: there is no file "),
                        line -> assertThat(line)
                                .startsWith("sealward: a/bare: there is no file ")
                                .endsWith("bare.metadata.json beside its bytes"),
                        line -> assertThat(line).startsWith("sealward: a/moved: WrongKey: "));
        assertThat(opened.text()).isEqualTo("1 opened, 0 were there already, 3 failed\n");
        assertThat(folder.resolve("opened/a/key ü")).hasBinaryContent(CONTENT);
        assertThat(folder.resolve("opened/a")).isDirectoryNotContaining("glob:**{moved,alone,bare,.partial}");
        assertThat(openFolder().text()).isEqualTo("0 opened, 1 were there already, 3 failed\n");
    }

    @Test
    void aFolderWithoutObjectsIsNoSuccess() throws IOException {
        Files.createDirectory(folder.resolve("objects"));

        assertThat(openFolder().errors())
                .isEqualTo("sealward: there is no object under " + folder.resolve("objects") + "\n");
        assertThat(openFolder().status()).isEqualTo(1);
    }

    @Test
    void metadataInAnotherEncodingIsNamed() throws IOException {
        Files.write(metadataFile(), Files.readString(metadataFile()).getBytes(UTF_16)); // as PowerShell redirects

        assertRefused(open("key", PLACE.key()), metadataFile() + " is not a JSON object");
    }

    @Test
    void theNameOfAKeyThatTheStoreWroteIsOneWordOfOneLine() throws IOException {
        writeMetadata(changed("sealward-kek", kek -> "kek aws x%27%3B%20rm%0A%1B%5B31m 1"));

        assertRefused(open("key", PLACE.key()), "add --kek 'aws:x'\\''; rm [31m'");
    }

    @Test
    void namesOfKeysThatCannotBeAreRefused() {
        for (String name : new String[] {
            "",
            "aws",
            "oracle:key",
            "aws:arn:aws:kms:eu:1:key/x",
            "gcp:projects/p",
            "local:kek",
            "azure:https://vault.example.com/keys/kek",
            "vault:http://vault.example.com/transit/keys/kek"
        }) {
            Invocation opened =
                    Invocation.of("open", "--kek=" + name, "--organization=o", "--project=p", sealed().toString());

            assertThat(opened.status()).isEqualTo(1);
            assertThat(opened.errors()).startsWith("sealward: '").hasLineCount(1);
        }
    }

    private Invocation openFolder() {
        return Invocation.of(
                "open",
                "-k",
                keystore().toString(),
                "--password=" + PASSWORD,
                "--organization",
                PLACE.organizationId(),
                "--project",
                PLACE.projectId(),
                "--bucket",
                PLACE.bucket(),
                "-o",
                folder.resolve("opened").toString(),
                folder.resolve("objects").toString());
    }

    private Map<String, String> changed(String name, UnaryOperator<String> change) {
        Map<String, String> other = new HashMap<>(metadata);
        other.computeIfPresent(name, (key, value) -> change.apply(value));
        assertThat(other).isNotEqualTo(metadata);
        return other;
    }

    private void assertRefused(Invocation invocation, String message) {
        assertThat(invocation.status()).isEqualTo(1);
        assertThat(invocation.errors())
                .startsWith("sealward: ")
                .contains(message)
                .hasLineCount(1);
        assertThat(invocation.output()).isEmpty();
        assertThat(plain()).doesNotExist();
        assertThat(folder).isDirectoryNotContaining("glob:**.partial");
    }

    private Invocation open(String option, String value) {
        return Invocation.of(arguments(option, value));
    }

    /** The arguments for {@link #PLACE}, with one option at another value. */
    private String[] arguments(String option, String value) {
        Map<String, String> place = new HashMap<>(Map.of(
                "organization", PLACE.organizationId(),
                "project", PLACE.projectId(),
                "bucket", PLACE.bucket(),
                "key", PLACE.key()));
        place.put(option, value);
        return new String[] {
            "open",
            "-k",
            keystore().toString(),
            "--password=" + PASSWORD,
            "--organization",
            place.get("organization"),
            "--project",
            place.get("project"),
            "--bucket",
            place.get("bucket"),
            "--key=" + place.get("key"),
            "-m",
            metadataFile().toString(),
            sealed().toString(),
            "-o",
            plain().toString()
        };
    }

    private void write(WrapScope scope, byte[] content) throws Exception {
        Dek dek = Dek.generate(RANDOM);
        WrappingSecret secret = WrappingSecret.generate(RANDOM);
        if (!Files.exists(keystore())) {
            QuickKeystore.at(keystore(), PASSWORD.toCharArray());
        }
        try (LocalKeystore keystore = LocalKeystore.open(keystore(), PASSWORD.toCharArray())) {
            if (keystore.list().isEmpty()) {
                keystore.createKey("kek");
            }
            WrappedSecret wrapped = keystore.kek("kek")
                    .wrap(secret.bytes(), WrapContexts.of(PLACE, scope))
                    .toCompletableFuture()
                    .join();
            metadata = ObjectSeal.of(
                            dek,
                            secret,
                            PLACE,
                            Layout.SINGLE,
                            scope,
                            new KekReference("kek", "local", "kek", wrapped.keyVersion()),
                            wrapped.ciphertext(),
                            RANDOM)
                    .toMetadata();
        }
        writeMetadata(metadata);
        Files.write(sealed(), seal(dek, content));
    }

    private static byte[] seal(Dek dek, byte[] content) {
        PartSealer sealer = PartSealer.ofObject(dek, content.length, RANDOM);
        byte[] sealed = new byte[(int) V1.geometry().ofObject(content.length)];
        int end = 0;
        for (int begin = 0; begin < content.length; begin += V1.geometry().framePlaintext()) {
            int length = Math.min(V1.geometry().framePlaintext(), content.length - begin);
            end += sealer.seal(content, begin, length, sealed, end);
        }
        sealer.sealTerminator(sealed, end);
        return sealed;
    }

    private void writeMetadata(Object document) throws IOException {
        new ObjectMapper().writeValue(metadataFile().toFile(), document);
    }

    private static byte[] content(int size) {
        byte[] content = new byte[size];
        new Random(size).nextBytes(content);
        return content;
    }

    private Path keystore() {
        return folder.resolve("keystore.bcfks");
    }

    private Path metadataFile() {
        return folder.resolve("metadata.json");
    }

    private Path sealed() {
        return folder.resolve("sealed");
    }

    private Path plain() {
        return folder.resolve("plain");
    }
}
