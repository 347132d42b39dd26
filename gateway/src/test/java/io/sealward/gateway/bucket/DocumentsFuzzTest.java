package io.sealward.gateway.bucket;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.sealward.gateway.budget.Budget;
import io.sealward.gateway.request.Place;
import io.sealward.gateway.request.S3Request;
import io.sealward.gateway.s3.S3Exception;
import io.sealward.gateway.sigv4.RequestTarget;
import io.sealward.gateway.tenant.KeyMode;
import io.sealward.gateway.tenant.Project;
import io.sealward.gateway.xml.XmlDocument;
import io.sealward.gateway.xml.XmlElement;
import io.sealward.gateway.xml.XmlException;
import io.sealward.gateway.xml.XmlParser;
import io.sealward.gateway.xml.XmlReader;
import io.sealward.gateway.xml.XmlWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Lists of deletions as the store is sent them, listings as the client is, and where those of buckets go on. */
class DocumentsFuzzTest {
    private static final long ROOM = 16 << 20;
    private static final Project PROJECT =
            new Project("org-1", "proj_1", Optional.empty(), KeyMode.PER_OBJECT, Optional.empty());

    static Stream<byte[]> deletions() {
        return Stream.of(
                        "<Delete><Object><Key>a</Key></Object><Object><Key>b/&#x1F600;</Key><VersionId>v</VersionId></Object>"
                                + "<Quiet>true</Quiet></Delete>",
                        "<Delete><Object><Key>../a</Key></Object></Delete>",
                        "<Delete><Object><Key>may</Key><ETag>e</ETag></Object></Delete>",
                        "<Delete><Object><Key>ay</Key><Key>../other/key</Key></Object></Delete>",
                        "<Delete><Object><Key>ay</Key><VersionId>v</VersionId><VersionId>../v</VersionId></Object></Delete>",
                        "<Delete><Object><Key>a\rb</Key></Object><Other>x</Other><Quiet/></Delete>")
                .map(text -> text.getBytes(UTF_8));
    }

    /** What the store is asked to delete is what the client may, and nothing that nobody was asked about. */
    @MethodSource("deletions")
    @FuzzTest
    void theStoreDeletesWhatWasAllowed(byte[] document) throws XmlException {
        List<String> asked = new ArrayList<>();
        List<String> allowed = new ArrayList<>();
        Budget.Lease memory = new Budget(ROOM).lease("");
        DeletionList list = new DeletionList(new XmlWriter("Delete", memory), memory, (key, version) -> {
            asked.add(key);
            boolean may = key.length() % 2 == 0;
            if (may) {
                allowed.add(key);
            }
            return may;
        });
        Optional<DeletionList> read = read(list, document, memory);
        if (read.isEmpty()) {
            return;
        }
        assertThat(asked).isNotEmpty().hasSizeLessThanOrEqualTo(1000);
        assertThat(list.refusals()).hasSize(asked.size() - allowed.size());
        assertThat(list.rewritten().isPresent()).isEqualTo(!allowed.isEmpty());
        if (list.rewritten().isPresent()) {
            XmlElement sent = XmlParser.parse(bytes(list.rewritten().get()));
            List<String> keys = new ArrayList<>();
            for (XmlElement object : sent.all("Object")) {
                assertThat(object.all("Key")).hasSize(1);
                assertThat(object.all("VersionId")).hasSizeLessThan(2);
                keys.add(object.value("Key").orElseThrow());
            }
            assertThat(keys).isEqualTo(allowed);
        }
    }

    static Stream<byte[]> listings() {
        return Stream.of(
                        "<ListBucketResult><Name>b</Name><EncodingType>url</EncodingType><Prefix>a%2F</Prefix>"
                                + "<Contents><Key>a%20b</Key><Size>148</Size><ETag>&quot;0123456789abcdef0123456789abcdef&quot;</ETag>"
                                + "<ChecksumAlgorithm>CRC32</ChecksumAlgorithm><Owner><ID>store</ID></Owner></Contents>"
                                + "<CommonPrefixes><Prefix>a%2Fb</Prefix></CommonPrefixes></ListBucketResult>",
                        "<ListBucketResult><NextMarker>a+b</NextMarker><Contents><Key>a%2Bb</Key></Contents>"
                                + "<EncodingType>url</EncodingType></ListBucketResult>",
                        "<ListVersionsResult><Version><Key>%</Key><Size>x</Size></Version></ListVersionsResult>",
                        "<ListMultipartUploadsResult><Upload><UploadId>u</UploadId><Initiator><ID>i</ID></Initiator></Upload>"
                                + "<NextKeyMarker>k+</NextKeyMarker></ListMultipartUploadsResult>",
                        "<L><Contents><Size>-1</Size></Contents><Contents><Size>9223372036854775807</Size></Contents></L>")
                .map(text -> text.getBytes(UTF_8));
    }

    /** Of a listing by a hostile store no checksum of sealed bytes and no owner but the project gets to the client. */
    @MethodSource("listings")
    @FuzzTest
    void aListingSaysNothingOfTheStore(byte[] document) throws XmlException {
        for (boolean encoded : new boolean[] {true, false}) {
            Budget.Lease memory = new Budget(ROOM).lease("");
            Optional<XmlWriter> read =
                    read(new Listing(encoded, PROJECT, id -> "client-" + id, memory), document, memory);
            if (read.isPresent()) {
                String told = new String(bytes(read.get()), UTF_8);
                assertThat(told).doesNotContain("<ChecksumAlgorithm>", "<ChecksumType>");
                if (told.contains("<Owner>")) {
                    assertThat(told).contains("<Owner><ID>proj_1</ID>").doesNotContain("<ID>store</ID>");
                }
            }
        }
    }

    /** What takes the entries that are plainly written, and what has all of them parsed, say the same. */
    @MethodSource("listings")
    @FuzzTest
    void aListingIsReadInOneWay(byte[] document) throws XmlException {
        if (new String(document, UTF_8).contains("UploadId")) { // which is no part of an entry
            return;
        }
        for (boolean encoded : new boolean[] {true, false}) {
            Budget.Lease memory = new Budget(ROOM).lease("");
            Optional<XmlWriter> read = read(new Listing(encoded, PROJECT, id -> id, memory), document, memory);
            Optional<XmlWriter> parsed =
                    read(new Parsed(new Listing(encoded, PROJECT, id -> id, memory)), document, memory);
            assertThat(read.isPresent()).isEqualTo(parsed.isPresent());
            if (read.isPresent()) {
                assertThat(XmlParser.parse(bytes(read.get()))).isEqualTo(XmlParser.parse(bytes(parsed.get())));
            }
        }
    }

    /** Takes nothing that is not parsed. */
    private record Parsed(Listing listing) implements XmlDocument<XmlWriter> {
        @Override
        public void root(String name) {
            listing.root(name);
        }

        @Override
        public void child(XmlElement child) {
            listing.child(child);
        }

        @Override
        public XmlWriter end(String text) {
            return listing.end(text);
        }
    }

    static Stream<byte[]> tokens() {
        return Stream.of("YQ", "YQ==", "", "%", "_w", "Yi0x").map(text -> text.getBytes(UTF_8));
    }

    /** From whatever token it begins, a list of buckets goes on to its end, each bucket once. */
    @MethodSource("tokens")
    @FuzzTest
    void aListOfBucketsGoesOnToItsEnd(byte[] first) {
        List<XmlElement> buckets = Stream.of("a", "b", "b-1", "c")
                .map(name -> XmlElement.of("Bucket", List.of(XmlElement.text("Name", name))))
                .toList();
        List<String> told = new ArrayList<>();
        Optional<String> token = Optional.of(new String(first, UTF_8));
        try {
            while (token.isPresent()) {
                List<XmlElement> page = page(token.get()).of(buckets);
                page.get(0)
                        .children()
                        .forEach(bucket -> told.add(bucket.value("Name").orElseThrow()));
                token = XmlElement.of("Page", page).value("ContinuationToken");
            }
            assertThat(told).isSubsetOf("a", "b", "b-1", "c").isSorted().doesNotHaveDuplicates();
        } catch (S3Exception refused) {
            assertThat(told).isEmpty();
        }
    }

    private static BucketPage page(String token) {
        List<RequestTarget.Parameter> query = List.of(
                new RequestTarget.Parameter("continuation-token", token),
                new RequestTarget.Parameter("max-buckets", "1"));
        return BucketPage.of(new S3Request(
                HttpMethod.GET,
                new Place("", ""),
                new RequestTarget("/", query),
                new DefaultHttpHeaders(),
                null,
                null,
                null));
    }

    private static <T> Optional<T> read(XmlDocument<T> document, byte[] bytes, Budget.Lease memory) {
        try {
            XmlReader<T> reader = new XmlReader<>(document, memory);
            reader.read(Unpooled.wrappedBuffer(bytes));
            return Optional.of(reader.end());
        } catch (XmlException | S3Exception refused) {
            return Optional.empty();
        }
    }

    private static byte[] bytes(XmlWriter writer) {
        ByteBuf written = Unpooled.buffer();
        writer.pieces().forEachRemaining(written::writeBytes);
        return ByteBufUtil.getBytes(written);
    }
}
