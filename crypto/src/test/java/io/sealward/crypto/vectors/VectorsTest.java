package io.sealward.crypto.vectors;

import static io.sealward.crypto.format.Format.V1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.sealward.crypto.frame.PartChecksum;
import io.sealward.crypto.frame.PartReceipt;
import io.sealward.crypto.frame.Sealed;
import io.sealward.crypto.key.Dek;
import io.sealward.crypto.key.ObjectBinding;
import io.sealward.crypto.key.SealException;
import io.sealward.crypto.key.WrappingSecret;
import io.sealward.crypto.seal.ObjectSeal;
import io.sealward.crypto.seal.SealedChecksum;
import io.sealward.crypto.seal.UploadSeal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Makes the vectors again, compares them with the files, and reads the files. {@code -Dvectors.write} in {@code test.jvm.args} writes them. */
class VectorsTest {
    private static final Path DIRECTORY = Path.of("src/test/resources/vectors");

    private final ObjectMapper mapper = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    @Test
    void theFilesAreUpToDate() throws Exception {
        Map<String, Object> objects = new LinkedHashMap<>();
        objects.put("place", new TreeMap<>(SealedVector.place()));
        objects.put(
                "objects", Vectors.objects().stream().map(SealedVector::json).toList());
        objects.put(
                "forgeries",
                Vectors.forgeries().stream().map(SealedVector::json).toList());
        compare("objects.json", objects);
        compare("damage.json", Vectors.damage());
        compare("ranges.json", Vectors.ranges());
        compare("uploads.json", Vectors.uploads());
        compare("checksums.json", ChecksumVectors.all());
        Map<String, Object> lengths = new LinkedHashMap<>();
        lengths.put("lengths", Vectors.lengths());
        lengths.put("impossible", Vectors.impossibleLengths());
        compare("lengths.json", lengths);
    }

    private void compare(String file, Object content) throws IOException {
        String text = mapper.writeValueAsString(content) + "\n";
        if (System.getProperty("vectors.write") != null) {
            Files.writeString(DIRECTORY.resolve(file), text);
        }
        assertThat(Files.readString(DIRECTORY.resolve(file))).isEqualTo(text);
    }

    @Test
    void everyObjectOpens() throws Exception {
        JsonNode file = read("objects.json");
        for (JsonNode vector : file.get("objects")) {
            byte[] plain = open(
                    vector.get("secret").asText(),
                    place(file.get("place")),
                    metadata(vector),
                    vector.get("sealed").binaryValue());
            assertThat(plain)
                    .isEqualTo(Sealed.plaintext(vector.get("plaintextLength").asInt()));

            if (vector.has("uploadId")) {
                UploadSeal upload =
                        UploadSeal.parse(vector.get("uploadId").asText()).orElseThrow();
                assertThat(upload.storeUploadId())
                        .isEqualTo(vector.get("storeUploadId").asText());
                Dek dek = upload.open(secret(vector.get("secret").asText()), place(file.get("place")));
                ObjectSeal seal =
                        ObjectSeal.fromMetadata(metadata(vector).entrySet()).orElseThrow();
                assertThat(seal.commitsTo(dek, place(file.get("place")))).isTrue();
                for (int part = 0; part < vector.get("receipts").size(); part++) {
                    long length = vector.get("partLengths").get(part).asLong();
                    String receipt = vector.get("receipts").get(part).asText();
                    assertThat(PartReceipt.read(dek, part + 1, length, receipt)).isPresent();
                    assertThat(PartReceipt.read(dek, part + 1, length + 1, receipt))
                            .isEmpty();
                }
            }
        }
    }

    @Test
    void rangesGiveTheirBytesOrTheirError() throws Exception {
        JsonNode file = read("objects.json");
        Map<String, JsonNode> objects = new HashMap<>();
        file.get("objects").forEach(object -> objects.put(object.get("name").asText(), object));
        file.get("forgeries").forEach(object -> objects.put(object.get("name").asText(), object));
        for (JsonNode range : read("ranges.json")) {
            JsonNode object = objects.get(range.get("object").asText());
            byte[] sealed = range.has("sealed")
                    ? served(range, objects)
                    : object.get("sealed").binaryValue();
            long from = range.get("range").get(0).asLong();
            long to = range.get("range").get(1).asLong();
            ObjectSeal seal =
                    ObjectSeal.fromMetadata(metadata(object).entrySet()).orElseThrow();
            Dek dek = seal.open(secret(object.get("secret").asText()), place(file.get("place")));
            String name = range.get("name").asText();
            if (range.has("error")) {
                assertThat(catchThrowable(() -> Sealed.range(dek, seal.layout(), sealed, from, to)))
                        .as(name)
                        .isInstanceOf(SealException.class)
                        .satisfies(e -> assertThat(e.getClass().getSimpleName())
                                .as(name)
                                .isEqualTo(range.get("error").asText()));
            } else {
                int length = object.get("plaintextLength").asInt();
                byte[] plain = Sealed.plaintext(Math.toIntExact(Math.min(to + 1, length)));
                assertThat(Sealed.range(dek, seal.layout(), sealed, from, to))
                        .as(name)
                        .isEqualTo(Arrays.copyOfRange(plain, Math.toIntExact(Math.min(from, length)), plain.length));
            }
        }
    }

    @Test
    void uploadIdsAreOpenedRefusedOrNotOurs() throws Exception {
        JsonNode file = read("objects.json");
        Map<String, JsonNode> objects = new HashMap<>();
        file.get("objects").forEach(object -> objects.put(object.get("name").asText(), object));
        for (JsonNode vector : read("uploads.json")) {
            JsonNode object = objects.get(vector.get("object").asText());
            Optional<UploadSeal> upload =
                    UploadSeal.parse(vector.get("uploadId").asText());
            String result = "none";
            if (upload.isPresent()) {
                try {
                    upload.get().open(secret(object.get("secret").asText()), place(file.get("place")));
                    result = "opens";
                } catch (SealException e) {
                    result = e.getClass().getSimpleName();
                }
            }
            assertThat(result)
                    .as(vector.get("name").asText())
                    .isEqualTo(vector.get("result").asText());
        }
    }

    @Test
    void checksumsAreReadOrNone() throws Exception {
        JsonNode file = read("objects.json");
        Map<String, JsonNode> objects = new HashMap<>();
        file.get("objects").forEach(object -> objects.put(object.get("name").asText(), object));
        for (JsonNode vector : read("checksums.json")) {
            JsonNode object = objects.get(vector.get("object").asText());
            Dek dek = ObjectSeal.fromMetadata(metadata(object).entrySet())
                    .orElseThrow()
                    .open(secret(object.get("secret").asText()), place(file.get("place")));
            String text = vector.get("text").asText();
            Optional<String> checksum = vector.has("receipt")
                    ? PartChecksum.read(dek, vector.get("receipt").asText(), text)
                    : SealedChecksum.open(dek, text);
            assertThat(checksum)
                    .as(vector.get("name").asText())
                    .isEqualTo(Optional.ofNullable(vector.get("checksum").textValue()));
        }
    }

    /** The slices that a vector is of; one from -n to 0 is n zeros. */
    private static byte[] served(JsonNode vector, Map<String, JsonNode> objects) throws IOException {
        byte[] sealed = {};
        for (JsonNode slice : vector.get("sealed")) {
            byte[] source = objects.get(slice.get(0).asText()).get("sealed").binaryValue();
            int from = slice.get(1).asInt();
            int to = slice.get(2).asInt();
            sealed = Sealed.join(sealed, from < 0 ? new byte[-from] : Arrays.copyOfRange(source, from, to));
        }
        if (vector.has("flip")) {
            sealed[vector.get("flip").get(0).asInt()] ^=
                    (byte) vector.get("flip").get(1).asInt();
        }
        return sealed;
    }

    @Test
    void furtherNamesOfTheMetadataAreIgnored() throws Exception {
        JsonNode file = read("objects.json");
        JsonNode vector = file.get("objects").get(0);
        Map<String, String> metadata = metadata(vector);
        metadata.put("sealward-later", "x");
        open(
                vector.get("secret").asText(),
                place(file.get("place")),
                metadata,
                vector.get("sealed").binaryValue());
    }

    @Test
    void noForgeryPasses() throws Exception {
        JsonNode file = read("objects.json");
        for (JsonNode vector : file.get("forgeries")) {
            assertThat(catchThrowable(() -> open(
                            vector.get("secret").asText(),
                            place(file.get("place")),
                            metadata(vector),
                            vector.get("sealed").binaryValue())))
                    .as(vector.get("name").asText())
                    .isInstanceOf(SealException.Tampered.class);
        }
    }

    @Test
    void allDamageIsFoundAndNamed() throws Exception {
        JsonNode file = read("objects.json");
        Map<String, JsonNode> objects = new HashMap<>();
        file.get("objects").forEach(object -> objects.put(object.get("name").asText(), object));
        for (JsonNode damage : read("damage.json")) {
            JsonNode object = objects.get(damage.get("object").asText());
            byte[] sealed = served(damage, objects);
            Map<String, String> metadata = metadata(object);
            if (damage.has("metadata")) {
                damage.get("metadata").properties().forEach(field -> {
                    if (field.getValue().isNull()) {
                        metadata.remove(field.getKey());
                    } else {
                        metadata.put(field.getKey(), field.getValue().asText());
                    }
                });
            }
            JsonNode place = file.get("place").deepCopy();
            if (damage.has("place")) {
                mapper.readerForUpdating(place).readValue(damage.get("place"));
            }
            String secret =
                    (damage.has("secret") ? damage : object).get("secret").asText();

            assertThat(catchThrowable(() -> open(secret, place(place), metadata, sealed)))
                    .as(damage.get("name").asText())
                    .isInstanceOf(SealException.class)
                    .satisfies(e -> assertThat(e.getClass().getSimpleName())
                            .isEqualTo(damage.get("error").asText()));
        }
    }

    @Test
    void lengthsGoBothWays() throws Exception {
        JsonNode file = read("lengths.json");
        for (JsonNode row : file.get("lengths")) {
            long plain = row.get("plaintext").asLong();
            assertThat(V1.geometry().objectToPlain(row.get("object").asLong())).hasValue(plain);
            assertThat(V1.geometry().partToPlain(1, row.get("part1").asLong())).hasValue(plain);
            assertThat(V1.geometry().partToPlain(10_000, row.get("part10000").asLong()))
                    .hasValue(plain);
        }
        for (JsonNode row : file.get("impossible")) {
            assertThat(V1.geometry().objectToPlain(row.get("object").asLong())).isEmpty();
        }
    }

    private static byte[] open(String secret, ObjectBinding place, Map<String, String> metadata, byte[] sealed)
            throws SealException {
        ObjectSeal seal = ObjectSeal.fromMetadata(metadata.entrySet()).orElseThrow();
        Dek dek = seal.open(secret(secret), place);
        return Sealed.open(dek, seal.layout(), sealed);
    }

    private static WrappingSecret secret(String hex) {
        return WrappingSecret.takeOwnershipOf(HexFormat.of().parseHex(hex));
    }

    private static ObjectBinding place(JsonNode json) {
        return new ObjectBinding(
                json.get("organization").asText(),
                json.get("project").asText(),
                json.get("bucket").asText(),
                json.get("key").asText());
    }

    private static Map<String, String> metadata(JsonNode vector) {
        Map<String, String> metadata = new HashMap<>();
        vector.get("metadata")
                .properties()
                .forEach(field -> metadata.put(field.getKey(), field.getValue().asText()));
        return metadata;
    }

    private JsonNode read(String file) throws IOException {
        return mapper.readTree(DIRECTORY.resolve(file).toFile());
    }
}
