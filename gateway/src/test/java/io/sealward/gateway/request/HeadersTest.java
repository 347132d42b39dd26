package io.sealward.gateway.request;

import static io.sealward.crypto.format.Format.V1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import io.sealward.crypto.key.KekReference;
import io.sealward.crypto.seal.Layout;
import io.sealward.crypto.seal.ObjectSeal;
import io.sealward.crypto.seal.WrapScope;
import io.sealward.gateway.s3.S3Error;
import io.sealward.gateway.s3.S3Exception;
import io.sealward.gateway.tenant.KeyMode;
import io.sealward.gateway.tenant.Project;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which headers get in, which get kept, and which get out again. */
class HeadersTest {
    private static final ObjectSeal SEAL = new ObjectSeal(
            V1,
            Layout.SINGLE,
            WrapScope.OBJECT,
            new KekReference("extkey_1", "counting", "key", "1"),
            new byte[100],
            new byte[64],
            new byte[32]);

    private static HttpHeaders headers(String... namesAndValues) {
        HttpHeaders headers = new DefaultHttpHeaders();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            headers.add(namesAndValues[i], namesAndValues[i + 1]);
        }
        return headers;
    }

    private static S3Error refusal(AcceptedHeaders rules, HttpHeaders headers) {
        try {
            rules.check(headers);
        } catch (S3Exception e) {
            return e.error();
        }
        throw new AssertionError("not refused");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x-amz-copy-source",
                "X-Amz-Copy-Source-Range",
                "x-amz-website-redirect-location",
                "x-amz-unheard-of"
            })
    void aHeaderNobodyUnderstandsIsRefusedEverywhere(String name) {
        assertThat(refusal(AcceptedHeaders.ofNewObject(), headers(name, "x"))).isEqualTo(S3Error.NOT_IMPLEMENTED);
        assertThat(refusal(AcceptedHeaders.NONE, headers(name, "x"))).isEqualTo(S3Error.NOT_IMPLEMENTED);
    }

    @Test
    void metadataIsForNewObjectsOnlyAndTheSealsNamesForNobody() {
        AcceptedHeaders.ofNewObject().check(headers("x-amz-meta-a", "b"));
        assertThat(refusal(AcceptedHeaders.NONE, headers("x-amz-meta-a", "b"))).isEqualTo(S3Error.NOT_IMPLEMENTED);
        assertThat(refusal(AcceptedHeaders.ofNewObject(), headers("X-Amz-Meta-Sealward-Dek", "b")))
                .isEqualTo(S3Error.INVALID_ARGUMENT);
        assertThat(refusal(AcceptedHeaders.ofNewObject(), headers("x-amz-meta-sealward-anything", "b")))
                .isEqualTo(S3Error.INVALID_ARGUMENT);
    }

    @Test
    void onlyAPrivateAclIsGranted() {
        AcceptedHeaders.ofNewObject().check(headers("x-amz-acl", "private"));
        assertThat(refusal(AcceptedHeaders.ofNewObject(), headers("x-amz-acl", "public-read")))
                .isEqualTo(S3Error.ACCESS_CONTROL_LIST_NOT_SUPPORTED);
        assertThat(refusal(AcceptedHeaders.NONE, headers("x-amz-grant-read", "id=proj_1")))
                .isEqualTo(S3Error.ACCESS_CONTROL_LIST_NOT_SUPPORTED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x-amz-tagging", "x-amz-object-lock-mode", "x-amz-object-lock-legal-hold"})
    void whatTheStoreKeepsBesideAnObjectIsForNewObjectsOnly(String name) {
        assertThat(MetadataHeaders.toStore(headers(name, "x"), SEAL).get(name)).isEqualTo("x");
        AcceptedHeaders.ofNewObject().check(headers(name, "x"));
        assertThat(refusal(AcceptedHeaders.NONE, headers(name, "x"))).isEqualTo(S3Error.NOT_IMPLEMENTED);
    }

    @Test
    void encryptionThatIsNotTheGatewaysIsRefusedInS3sWords() {
        for (String name : new String[] {
            "x-amz-server-side-encryption-customer-key", "x-amz-copy-source-server-side-encryption-customer-algorithm"
        }) {
            assertThat(refusal(AcceptedHeaders.ofNewObject(), headers(name, "x")))
                    .isEqualTo(S3Error.INVALID_REQUEST);
            assertThat(refusal(AcceptedHeaders.NONE, headers(name, "x"))).isEqualTo(S3Error.INVALID_REQUEST);
        }
        AcceptedHeaders.ofUpload().check(headers("x-amz-server-side-encryption", "aws:kms"));
        assertThat(refusal(AcceptedHeaders.NONE, headers("x-amz-server-side-encryption", "aws:kms")))
                .isEqualTo(S3Error.INVALID_ARGUMENT);
    }

    @Test
    void theOwnerThatAClientExpectsIsTheProject() {
        Project project = new Project("org-1", "proj_1", Optional.empty(), KeyMode.PER_OBJECT, Optional.empty());
        ExpectedOwner.check(headers("x-amz-expected-bucket-owner", "proj_1"), project);
        ExpectedOwner.checkSource(headers("x-amz-expected-bucket-owner", "another"), project);
        assertThatThrownBy(() -> ExpectedOwner.check(headers("x-amz-expected-bucket-owner", "111122223333"), project))
                .isInstanceOfSatisfying(
                        S3Exception.class, e -> assertThat(e.error()).isEqualTo(S3Error.ACCESS_DENIED));
        assertThatThrownBy(() ->
                        ExpectedOwner.checkSource(headers("x-amz-source-expected-bucket-owner", "proj_2"), project))
                .isInstanceOf(S3Exception.class);
    }

    @Test
    void theClientsMetadataLeavesRoomForTheSeal() {
        int seal = SEAL.toMetadata().entrySet().stream()
                .mapToInt(entry -> entry.getKey().length() + entry.getValue().length())
                .sum();
        String name = "a";
        HttpHeaders kept =
                MetadataHeaders.toStore(headers("x-amz-meta-" + name, "v".repeat(2048 - seal - name.length())), SEAL);
        assertThat(kept.get("x-amz-meta-a")).hasSize(2048 - seal - 1);
        assertThatThrownBy(() -> MetadataHeaders.toStore(
                        headers("x-amz-meta-" + name, "v".repeat(2048 - seal - name.length() + 1)), SEAL))
                .isInstanceOfSatisfying(
                        S3Exception.class, e -> assertThat(e.error()).isEqualTo(S3Error.METADATA_TOO_LARGE));
    }

    @Test
    void theSealAndTheStoresChecksumsStayBehind() {
        HttpHeaders stored = MetadataHeaders.toStore(
                headers("x-amz-meta-A", "b", "content-type", "text/plain", "content-encoding", "aws-chunked,gzip"),
                SEAL);
        stored.add("x-amz-checksum-crc32", "AAAAAA==")
                .add("x-amz-unheard-of", "x")
                .add("set-cookie", "x");
        HttpHeaders shown = MetadataHeaders.toClient(stored);
        assertThat(shown.names())
                .extracting(String::toLowerCase)
                .containsExactlyInAnyOrder("x-amz-meta-a", "content-type", "content-encoding");
        assertThat(shown.get("content-encoding")).isEqualTo("gzip");
        assertThat(MetadataHeaders.sealEntries(stored)).hasSize(5);
    }

    @Test
    void severalConditionsOfANameAreOneList() {
        assertThat(Conditions.unchanged(headers("if-none-match", "\"a\"", "If-None-Match", "W/\"b\""), "\"b\""))
                .isTrue();
        assertThat(Conditions.unchanged(headers("if-none-match", "\"a\""), "\"b\""))
                .isFalse();
        assertThat(Conditions.unchanged(headers("if-match", "\"a\", b"), "\"b\""))
                .isFalse();
        assertThatThrownBy(() -> Conditions.unchanged(headers("if-match", "\"a\""), "\"b\""))
                .isInstanceOf(S3Exception.class);
    }
}
