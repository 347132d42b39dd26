package io.sealward.crypto.seal;

import static io.sealward.crypto.format.Format.V1;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.sealward.crypto.frame.PartChecksum;
import io.sealward.crypto.frame.PartReceipt;
import io.sealward.crypto.key.Dek;
import io.sealward.crypto.key.KekReference;
import io.sealward.crypto.key.ObjectBinding;
import io.sealward.crypto.key.SealException;
import io.sealward.crypto.key.WrappingSecret;
import java.security.SecureRandom;
import java.util.AbstractMap.SimpleImmutableEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Metadata and upload ids from whoever may have changed them: each has one spelling, and opens where it was sealed. */
class SealFuzzTest {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final byte[] NONE = {};
    private static final Dek DEK = Dek.generate(RANDOM);
    private static final WrappingSecret SECRET = WrappingSecret.generate(RANDOM);
    private static final ObjectBinding PLACE = new ObjectBinding("org-1", "proj_1", "photos", "a.jpg");
    private static final KekReference KEK = new KekReference("extkey_1", "azure", "https://v/keys/k \u00fc", "");
    private static final ObjectSeal OBJECT =
            ObjectSeal.of(DEK, SECRET, PLACE, Layout.SINGLE, WrapScope.OBJECT, KEK, new byte[40], RANDOM);
    private static final UploadSeal UPLOAD =
            UploadSeal.of("2~store/id", DEK, SECRET, PLACE, Layout.PARTS, WrapScope.OBJECT, KEK, new byte[40], RANDOM);

    static Stream<byte[]> metadata() {
        String sealed = OBJECT.toMetadata().entrySet().stream()
                .map(entry -> entry.getKey() + ":" + entry.getValue())
                .collect(Collectors.joining("\n"));
        return Stream.of(
                        sealed,
                        sealed.replace("single", "parts"),
                        sealed + "\nSealward-DEK:again",
                        "sealward-format:v2 single object",
                        "other:value")
                .map(text -> text.getBytes(ISO_8859_1));
    }

    @MethodSource("metadata")
    @FuzzTest
    void metadataHasOneSpellingAndOpensAsItWasSealed(byte[] input) throws SealException {
        List<Map.Entry<String, String>> entries = new ArrayList<>();
        for (String line : new String(input, ISO_8859_1).split("\n")) {
            int colon = line.indexOf(':');
            entries.add(new SimpleImmutableEntry<>(line.substring(0, Math.max(0, colon)), line.substring(colon + 1)));
        }
        Optional<ObjectSeal> seal;
        try {
            seal = ObjectSeal.fromMetadata(entries);
        } catch (SealException refused) {
            assertThat(refused.getMessage()).isNotBlank();
            return;
        }
        if (seal.isEmpty()) {
            return;
        }
        Map<String, String> written = seal.get().toMetadata();
        written.forEach((name, value) -> assertThat(entries)
                .anyMatch(entry -> entry.getKey().equalsIgnoreCase(name)
                        && entry.getValue().equals(value)));
        try {
            Dek opened = seal.get().open(SECRET, PLACE);
            assertThat(opened.commitment(NONE)).isEqualTo(DEK.commitment(NONE));
            Map<String, String> sealed = OBJECT.toMetadata();
            for (String bound : List.of("sealward-format", "sealward-kek", "sealward-dek", "sealward-commit")) {
                assertThat(written.get(bound)).isEqualTo(sealed.get(bound));
            }
        } catch (SealException.WrongKey refused) {
            assertThat(seal.get().commitsTo(DEK, PLACE)).isIn(true, false);
        }
    }

    static Stream<byte[]> uploadIds() {
        return Stream.of(UPLOAD.toUploadId(), "2~store/id", V1.uploadIdPrefix(), V1.uploadIdPrefix() + "AAAA")
                .map(text -> text.getBytes(ISO_8859_1));
    }

    @MethodSource("uploadIds")
    @FuzzTest
    void anUploadIdHasOneSpellingAndOpensAsItWasSealed(byte[] input) throws SealException {
        String id = new String(input, ISO_8859_1);
        Optional<UploadSeal> seal = UploadSeal.parse(id);
        if (seal.isEmpty()) {
            return;
        }
        assertThat(seal.get().toUploadId()).isEqualTo(id);
        try {
            assertThat(seal.get().open(SECRET, PLACE).commitment(NONE)).isEqualTo(DEK.commitment(NONE));
            assertThat(seal.get().storeUploadId()).isEqualTo(UPLOAD.storeUploadId());
            assertThat(seal.get().layout()).isEqualTo(UPLOAD.layout());
            assertThat(seal.get().kek()).isEqualTo(UPLOAD.kek());
        } catch (SealException.WrongKey refused) {
            assertThat(id).isNotEqualTo(UPLOAD.toUploadId());
        }
    }

    static Stream<byte[]> carried() {
        String receipt = "A".repeat(PartReceipt.CHARACTERS);
        return Stream.of(
                        receipt,
                        PartChecksum.of(DEK, receipt, "crc32 AAAAAA=="),
                        SealedChecksum.seal(DEK, "crc32 AAAAAA==", RANDOM),
                        "=")
                .map(text -> text.getBytes(ISO_8859_1));
    }

    /** What clients bring back of parts, and stores keep of checksums, is theirs to change and not to make. */
    @MethodSource("carried")
    @FuzzTest
    void nobodyElseMakesReceiptsAndChecksums(byte[] input) {
        String text = new String(input, ISO_8859_1);
        assertThat(PartReceipt.read(DEK, 1, 7, text)).isEmpty();
        for (Optional<String> opened : List.of(
                PartChecksum.read(DEK, "A".repeat(PartReceipt.CHARACTERS), text), SealedChecksum.open(DEK, text))) {
            opened.ifPresent(checksum -> assertThat(checksum).isEqualTo("crc32 AAAAAA=="));
        }
    }
}
