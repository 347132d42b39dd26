package io.sealward.gateway.bucket;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealward.crypto.frame.SealedLength;
import io.sealward.gateway.s3.S3Error;
import io.sealward.gateway.s3.S3Exception;
import io.sealward.gateway.s3.UriEncoding;
import io.sealward.gateway.tenant.KeyMode;
import io.sealward.gateway.tenant.Project;
import io.sealward.gateway.xml.XmlElement;
import io.sealward.gateway.xml.XmlParser;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListingTest {
    private static final Project PROJECT =
            new Project("org-1", "proj_1", Optional.empty(), KeyMode.PER_OBJECT, Optional.empty());

    private static XmlElement listed(String contents) throws XmlParser.XmlException {
        return XmlParser.parse(("<ListBucketResult><EncodingType>url</EncodingType>" + contents + "</ListBucketResult>")
                .getBytes(UTF_8));
    }

    private static String keyOf(XmlElement listing) {
        return listing.all("Contents").get(0).value("Key").orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "a+b", "%41", "ü€😀", "a\u0001b", "a\r\nb", "a//b/../c/", "&<>\"'"})
    void everyKeyIsListedAsItIs(String key) throws Exception {
        XmlElement stored = listed("<Contents><Key>" + UriEncoding.encodePath(key) + "</Key></Contents>");
        XmlElement plain = Listing.toClient(stored, false, PROJECT);
        assertThat(keyOf(plain)).isEqualTo(key);
        assertThat(plain.value("EncodingType")).isEmpty();
        XmlElement encoded = Listing.toClient(stored, true, PROJECT);
        assertThat(keyOf(encoded)).isEqualTo(UriEncoding.encodePath(key));
        assertThat(encoded.value("EncodingType")).contains("url");
    }

    @Test
    void whatAStoreLeftUnescapedStandsForItself() throws Exception {
        assertThat(keyOf(Listing.toClient(listed("<Contents><Key>ü€%20b</Key></Contents>"), false, PROJECT)))
                .isEqualTo("ü€ b");
    }

    @Test
    void aGarbledEscapeIsTheStoresFault() throws Exception {
        XmlElement garbled = listed("<Contents><Key>a%zz</Key></Contents>");
        assertThatThrownBy(() -> Listing.toClient(garbled, false, PROJECT))
                .isInstanceOfSatisfying(
                        S3Exception.class, e -> assertThat(e.error()).isEqualTo(S3Error.SERVICE_UNAVAILABLE));
    }

    @Test
    void sizesArePlaintextAndETagsMarked() throws Exception {
        String etag = "d41d8cd98f00b204e9800998ecf8427e";
        XmlElement shown = Listing.toClient(
                listed("<Contents><Key>k</Key><Size>" + SealedLength.ofObject(100_000) + "</Size><ETag>&quot;" + etag
                        + "&quot;</ETag><ChecksumAlgorithm>CRC32</ChecksumAlgorithm></Contents>"
                        + "<Contents><Key>never sealed</Key><Size>17</Size></Contents>"
                        + "<Contents><Key>never sealed, as long as 904 sealed bytes</Key><Size>1000</Size></Contents>"),
                true,
                PROJECT);
        assertThat(shown.all("Contents").get(0).value("Size")).contains("100000");
        assertThat(shown.all("Contents").get(0).value("ETag")).contains('"' + etag + "-0\"");
        assertThat(shown.all("Contents").get(0).value("ChecksumAlgorithm")).isEmpty();
        assertThat(shown.all("Contents").get(1).value("Size")).contains("17");
        assertThat(shown.all("Contents").get(2).value("Size")).contains("904");
    }

    @Test
    void theStoresAccountIsNotShown() throws Exception {
        String account = "<ID>canonical</ID><DisplayName>the gateway</DisplayName>";
        XmlElement shown = Listing.toClient(
                listed("<Contents><Key>k</Key><Owner>" + account + "</Owner></Contents><Upload><Owner>" + account
                        + "</Owner><Initiator>" + account + "</Initiator></Upload>"),
                true,
                PROJECT);
        assertThat(shown.toDocument()).doesNotContain("canonical", "the gateway");
        assertThat(shown.all("Contents").get(0).all("Owner").get(0).value("ID")).contains("proj_1");
        assertThat(shown.all("Upload").get(0).all("Initiator").get(0).value("DisplayName"))
                .contains("proj_1");
    }

    @Test
    void continuationTokensAreTheStoresOwn() throws Exception {
        XmlElement shown = Listing.toClient(
                listed("<NextContinuationToken>a%20b+c</NextContinuationToken><NextMarker>a%20b</NextMarker>"),
                false,
                PROJECT);
        assertThat(shown.value("NextContinuationToken")).contains("a%20b+c");
        assertThat(shown.value("NextMarker")).contains("a b");
    }

    @Test
    void prefixesAreDecodedWithinGroupsToo() throws Exception {
        XmlElement shown =
                Listing.toClient(listed("<CommonPrefixes><Prefix>a%20b%2F</Prefix></CommonPrefixes>"), false, PROJECT);
        assertThat(shown.all("CommonPrefixes").get(0).value("Prefix")).contains("a b/");
    }
}
