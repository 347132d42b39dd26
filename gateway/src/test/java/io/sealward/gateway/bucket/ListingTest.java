package io.sealward.gateway.bucket;

import static io.sealward.crypto.format.Format.V1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.sealward.gateway.budget.Budget;
import io.sealward.gateway.s3.S3Error;
import io.sealward.gateway.s3.S3Exception;
import io.sealward.gateway.s3.UriEncoding;
import io.sealward.gateway.tenant.KeyMode;
import io.sealward.gateway.tenant.Project;
import io.sealward.gateway.xml.XmlElement;
import io.sealward.gateway.xml.XmlException;
import io.sealward.gateway.xml.XmlParser;
import io.sealward.gateway.xml.XmlReader;
import io.sealward.gateway.xml.XmlWriter;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListingTest {
    private static final Project PROJECT =
            new Project("org-1", "proj_1", Optional.empty(), KeyMode.PER_OBJECT, Optional.empty());

    private static String listed(String contents) {
        return "<ListBucketResult><EncodingType>url</EncodingType>" + contents + "</ListBucketResult>";
    }

    private static XmlElement toClient(String stored, boolean keepEncoding) throws XmlException {
        Budget.Lease memory = new Budget(16 << 20).lease("proj_1");
        XmlReader<XmlWriter> reader = new XmlReader<>(new Listing(keepEncoding, PROJECT, id -> id, memory), memory);
        reader.read(Unpooled.copiedBuffer(stored, UTF_8));
        ByteBuf written = Unpooled.buffer();
        reader.end().pieces().forEachRemaining(written::writeBytes);
        return XmlParser.parse(ByteBufUtil.getBytes(written));
    }

    private static String keyOf(XmlElement listing) {
        return listing.all("Contents").get(0).value("Key").orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "a+b", "%41", "ü€😀", "a\r\nb", "a//b/../c/", "&<>\"'"})
    void everyKeyIsListedAsItIs(String key) throws Exception {
        String stored = listed("<Contents><Key>" + UriEncoding.encodePath(key) + "</Key></Contents>");
        XmlElement plain = toClient(stored, false);
        assertThat(keyOf(plain)).isEqualTo(key);
        assertThat(plain.value("EncodingType")).isEmpty();
        XmlElement encoded = toClient(stored, true);
        assertThat(keyOf(encoded)).isEqualTo(UriEncoding.encodePath(key));
        assertThat(encoded.value("EncodingType")).contains("url");
    }

    /** Ceph encodes keys alone. */
    @ParameterizedTest
    @ValueSource(strings = {"100%", "a b/\u00fc+%/", "a b+%41"})
    void whereAListingBeginsNeedNotBeEncoded(String asked) throws Exception {
        for (String name : new String[] {"Prefix", "Delimiter", "Marker", "StartAfter", "KeyMarker"}) {
            String stored = listed("<" + name + ">" + asked + "</" + name + "><Contents><Key>a%20b</Key></Contents>");
            XmlElement listing = toClient(stored, false);
            assertThat(listing.value(name)).contains(asked);
            assertThat(keyOf(listing)).isEqualTo("a b");
        }
    }

    /** Ceph encodes no marker. An attribute, and the parser has to read the entry. */
    @ParameterizedTest
    @ValueSource(strings = {"+", "%", "a+b", "100%", "%41", "a b", "+%2B", "\u00fc+\"&<"})
    void theNextPageBeginsBehindTheLastNameHoweverThatIsWritten(String last) throws Exception {
        String encoded = UriEncoding.encodePath(last);
        String encoding = "<EncodingType>url</EncodingType>";
        for (String entry : List.of(
                "<Contents><Key>a%2Bb</Key></Contents><Contents><Key>" + encoded + "</Key></Contents>",
                "<Version a=''><Key>" + encoded + "</Key></Version>",
                "<Contents><Key>%25</Key></Contents><CommonPrefixes><Prefix>" + encoded + "</Prefix></CommonPrefixes>",
                "<CommonPrefixes a=''><Prefix>" + encoded + "</Prefix></CommonPrefixes>")) {
            for (String name : List.of("NextMarker", "NextKeyMarker")) {
                for (String told : List.of(last, encoded)) {
                    String marker = XmlElement.text(name, told).toDocument().replaceFirst("<\\?xml[^>]*>\\s*", "");
                    for (String children : List.of(
                            encoding + marker + entry,
                            encoding + entry + marker,
                            marker + entry + encoding,
                            entry + marker + encoding)) {
                        String stored = "<L>" + children + "</L>";
                        assertThat(toClient(stored, false).value(name)).contains(last);
                        assertThat(toClient(stored, true).value(name)).contains(encoded);
                    }
                }
            }
        }
    }

    /** An attribute, and the parser has to read the entry. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "<Key>a%20b+c%26%3C%22</Key><LastModified>2026-11-28T10:45:00.000Z</LastModified>"
                        + "<ETag>&quot;0123456789abcdefABCDEF0123456789&quot;</ETag><Size>1100</Size><StorageClass>STANDARD</StorageClass>",
                "<Key>%C3%BC</Key><ETag>&#34;0123456789abcdef0123456789abcdef&#34;</ETag><Size>x</Size>",
                "<Key>k</Key><ETag>\"0123456789abcdef0123456789abcdef\"</ETag><VersionId>v</VersionId><IsLatest>true</IsLatest>",
                "<ETag>0123456789abcdef0123456789abcdef</ETag><Size></Size><Key></Key>",
                "<ETag>&quot;0123456789abcdef0123456789abcdef-3&quot;</ETag><ChecksumAlgorithm>CRC32</ChecksumAlgorithm>"
                        + "<ChecksumType>COMPOSITE</ChecksumType><Key>a</Key>",
                "<ETag>&quot;0123456789abcdeg0123456789abcdef&quot;</ETag><ETag>&quot;&quot;</ETag><ETag></ETag>",
                "<Owner><ID>store</ID><DisplayName>its account</DisplayName></Owner><Key>a</Key><Owner>store</Owner><Initiator></Initiator>",
                "<RestoreStatus><IsRestoreInProgress>false</IsRestoreInProgress></RestoreStatus><Prefix>a%2Fb/</Prefix>",
                ""
            })
    void anEntryIsReadInOneWayHoweverItIsWritten(String fields) throws Exception {
        for (String name : List.of("Contents", "Version", "DeleteMarker", "CommonPrefixes", "Other")) {
            for (String encoding : List.of("<EncodingType>url</EncodingType>", "")) {
                for (boolean keepEncoding : new boolean[] {true, false}) {
                    String plain = '<' + name + '>' + fields + "</" + name + '>';
                    String other = plain.replaceFirst(">", " a=''>");
                    XmlElement shown = toClient("<L>" + encoding + other + other + "</L>", keepEncoding);
                    assertThat(toClient("<L>" + encoding + plain + plain + "</L>", keepEncoding))
                            .isEqualTo(shown);
                    XmlElement encodingBehind = toClient("<L>" + other + other + encoding + "</L>", keepEncoding);
                    assertThat(toClient("<L>" + plain + plain + encoding + "</L>", keepEncoding))
                            .isEqualTo(encodingBehind);
                }
            }
        }
    }

    @Test
    void entriesThatWaitForTheEncodingAreHeldInTheLease() throws Exception {
        Budget.Lease memory = new Budget(128 << 10).lease("proj_1");
        XmlReader<XmlWriter> reader = new XmlReader<>(new Listing(false, PROJECT, id -> id, memory), memory);
        reader.read(Unpooled.copiedBuffer("<L>", UTF_8));
        assertThatThrownBy(() -> {
                    for (int i = 0; i < 1000; i++) {
                        reader.read(Unpooled.copiedBuffer("<Contents><Key>k</Key></Contents>", UTF_8));
                    }
                })
                .isInstanceOfSatisfying(
                        S3Exception.class, e -> assertThat(e.error()).isEqualTo(S3Error.SLOW_DOWN));
    }

    @Test
    void aNameThatXmlCannotHoldIsNotTakenForAnother() {
        assertThatThrownBy(() -> toClient(listed("<Contents><Key>a%01b</Key></Contents>"), false))
                .isInstanceOf(XmlException.class);
    }

    @Test
    void aStoreMaySayBehindTheNamesThatItEncodedThem() throws Exception {
        String stored = "<ListBucketResult><Contents><Key>a%20b</Key></Contents><Contents><Key>c</Key></Contents>"
                + "<EncodingType>url</EncodingType></ListBucketResult>";
        assertThat(keyOf(toClient(stored, false))).isEqualTo("a b");
        assertThat(toClient(stored, false).all("Contents")).hasSize(2);
        assertThat(keyOf(toClient(stored.replace("<EncodingType>url</EncodingType>", ""), false)))
                .isEqualTo("a%20b");
    }

    @Test
    void whatAStoreLeftUnescapedStandsForItself() throws Exception {
        assertThat(keyOf(toClient(listed("<Contents><Key>ü€%20b</Key></Contents>"), false)))
                .isEqualTo("ü€ b");
    }

    @Test
    void aGarbledEscapeIsTheStoresFault() throws Exception {
        String garbled = listed("<Contents><Key>a%zz</Key></Contents>");
        assertThatThrownBy(() -> toClient(garbled, false))
                .isInstanceOfSatisfying(
                        S3Exception.class, e -> assertThat(e.error()).isEqualTo(S3Error.SERVICE_UNAVAILABLE));
    }

    @Test
    void sizesArePlaintextAndETagsMarked() throws Exception {
        String etag = "d41d8cd98f00b204e9800998ecf8427e";
        XmlElement shown = toClient(
                listed("<Contents><Key>k</Key><Size>" + V1.geometry().ofObject(100_000) + "</Size><ETag>&quot;" + etag
                        + "&quot;</ETag><ChecksumAlgorithm>CRC32</ChecksumAlgorithm></Contents>"
                        + "<Contents><Key>never sealed</Key><Size>17</Size></Contents>"
                        + "<Contents><Key>never sealed, as long as 904 sealed bytes</Key><Size>1000</Size></Contents>"),
                true);
        assertThat(shown.all("Contents").get(0).value("Size")).contains("100000");
        assertThat(shown.all("Contents").get(0).value("ETag")).contains('"' + etag + "-0\"");
        assertThat(shown.all("Contents").get(0).value("ChecksumAlgorithm")).isEmpty();
        assertThat(shown.all("Contents").get(1).value("Size")).contains("17");
        assertThat(shown.all("Contents").get(2).value("Size")).contains("904");
    }

    @Test
    void theStoresAccountIsNotShown() throws Exception {
        String account = "<ID>canonical</ID><DisplayName>the gateway</DisplayName>";
        XmlElement shown = toClient(
                listed("<Contents><Key>k</Key><Owner>" + account + "</Owner></Contents><Upload><Owner>" + account
                        + "</Owner><Initiator>" + account + "</Initiator></Upload>"),
                true);
        assertThat(shown.toDocument()).doesNotContain("canonical", "the gateway");
        assertThat(shown.all("Contents").get(0).all("Owner").get(0).value("ID")).contains("proj_1");
        assertThat(shown.all("Upload").get(0).all("Initiator").get(0).value("DisplayName"))
                .contains("proj_1");
    }

    @Test
    void continuationTokensAreTheStoresOwn() throws Exception {
        XmlElement shown = toClient(
                listed("<NextContinuationToken>a%20b+c</NextContinuationToken><NextMarker>a%20b</NextMarker>"), false);
        assertThat(shown.value("NextContinuationToken")).contains("a%20b+c");
        assertThat(shown.value("NextMarker")).contains("a b");
    }

    /** The name with U+FFFD in it comes behind others that begin as this one does: the next page would lack them. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "<Contents><Key>a%01b</Key></Contents>",
                "<CommonPrefixes><Prefix>a%01b</Prefix></CommonPrefixes>"
            })
    void thePlaceOfANameThatXmlCannotHoldIsNotAnothers(String last) throws Exception {
        XmlElement shown = toClient(
                listed("<NextMarker>a\uFFFDb</NextMarker><NextContinuationToken>a\uFFFDb</NextContinuationToken>"
                        + last),
                true);
        assertThat(shown.value("NextMarker")).contains("a%01b");
        String token = shown.value("NextContinuationToken").orElseThrow();
        assertThat(ContinuationTokens.toStore(token)).isEqualTo("a\u0001b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b+%41", "url:", "url:%41", "a\u0001b"})
    void everyTokenOfTheStoreComesBackToIt(String token) {
        assertThat(ContinuationTokens.toStore(ContinuationTokens.toClient(token)))
                .isEqualTo(token);
    }

    @Test
    void prefixesAreDecodedWithinGroupsToo() throws Exception {
        XmlElement shown = toClient(listed("<CommonPrefixes><Prefix>a%20b%2F</Prefix></CommonPrefixes>"), false);
        assertThat(shown.all("CommonPrefixes").get(0).value("Prefix")).contains("a b/");
    }
}
