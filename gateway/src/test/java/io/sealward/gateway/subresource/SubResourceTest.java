package io.sealward.gateway.subresource;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sealward.gateway.loopback.LoopbackGateway;
import io.sealward.gateway.loopback.LoopbackStore;
import io.sealward.gateway.loopback.RawClient;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Documents beside buckets and objects, on the wire: what reaches the store, and what the client is told. */
class SubResourceTest {
    private static final LoopbackStore.Script THERE = call -> call.respond(200, Map.of(), new byte[0]);
    private static final String TAGS =
            "<Tagging><TagSet><Tag><Key>a</Key><Value>b &amp; c</Value></Tag></TagSet></Tagging>";

    private final LoopbackStore store = new LoopbackStore(call -> call.error(500, "InternalError"));
    private final LoopbackGateway gateway = new LoopbackGateway(store);
    private final RawClient client = gateway.connect();
    private final BlockingQueue<String> sent = new LinkedBlockingQueue<>();

    @AfterEach
    void stop() {
        assertThat(gateway.documentMemory().taken()).isZero();
        client.close();
        gateway.close();
        store.close();
    }

    private RawClient.Answer ask(String method, String target, String headers, String body) {
        return client.send(method + " " + target + " HTTP/1.1\r\nHost: gateway\r\n" + headers + "Content-Length: "
                        + body.length() + "\r\n\r\n" + body)
                .answer();
    }

    private RawClient.Answer get(String target) {
        return ask("GET", target, "", "");
    }

    private RawClient.Answer put(String target, String body) {
        return ask("PUT", target, "Content-MD5: " + md5(body.getBytes(UTF_8)) + "\r\n", body);
    }

    private static String md5(byte[] bytes) {
        try {
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("MD5").digest(bytes));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private LoopbackStore.Script kept(int status, Map<String, String> headers) {
        return call -> {
            byte[] body = call.body();
            sent.add(new String(body, UTF_8));
            assertThat(call.headers()).containsEntry("content-md5", md5(body));
            call.respond(status, headers, new byte[0]);
        };
    }

    private static LoopbackStore.Script told(String document, Map<String, String> headers) {
        return call -> call.respond(200, headers, document.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aDocumentIsWrittenAnewUnderADigestOfItsOwn() throws InterruptedException {
        store.next(told(TAGS, Map.of())).next(kept(200, Map.of("x-amz-version-id", "v2")));
        RawClient.Answer answer = put("/data/key?tagging&versionId=v2", TAGS);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("x-amz-version-id")).isEqualTo("v2");
        assertThat(sent.take()).contains("<Key>a</Key><Value>b &amp; c</Value>");
        assertThat(store.requests())
                .containsExactly("GET /data/key?tagging=&versionId=v2", "PUT /data/key?tagging=&versionId=v2");
    }

    @Test
    void aDocumentIsReadWithTheVersionItIsOf() {
        store.next(told(TAGS, Map.of("x-amz-version-id", "v2")));
        RawClient.Answer answer = get("/data/key?tagging");
        assertThat(answer.text()).contains("<TagSet><Tag><Key>a</Key><Value>b &amp; c</Value></Tag></TagSet>");
        assertThat(answer.header("x-amz-version-id")).isEqualTo("v2");
    }

    @Test
    void aDocumentHasTheNameThatS3GivesItAndAnotherIsNone() {
        store.next(told("<BlockPublicAccessBlockConfiguration/>", Map.of())); // as Ceph 16 calls it
        assertThat(get("/data?publicAccessBlock").text()).contains("\n<PublicAccessBlockConfiguration ");
        store.next(told("<ListBucketResult/>", Map.of()));
        assertThat(get("/data?publicAccessBlock").text()).contains("<Code>NotImplemented</Code>");
    }

    @Test
    void whatIsTakenAwayIsTakenAwayAtTheStore() {
        store.next(none("NoSuchLifecycleConfiguration")).next(call -> call.respond(204, Map.of(), new byte[0]));
        assertThat(ask("DELETE", "/data?lifecycle", "", "").status()).isEqualTo(204);
        assertThat(store.requests()).containsExactly("GET /data?lifecycle=", "DELETE /data?lifecycle=");
    }

    private static LoopbackStore.Script none(String code) {
        return call -> call.error(404, code);
    }

    @ParameterizedTest
    @CsvSource({
        "/data?publicAccessBlock, 200, <ListBucketResult><Name>data</Name></ListBucketResult>",
        "/data?publicAccessBlock, 501, <Error><Code>NotImplemented</Code></Error>",
        "/data?publicAccessBlock, 404, <Error><Code>NoSuchBucket</Code></Error>",
        "/data?publicAccessBlock, 403, <Error><Code>AccessDenied</Code></Error>",
        "/data/key?tagging, 200, what the object holds",
        "/data/key?tagging, 404, <Error><Code>NoSuchKey</Code></Error>",
    })
    void aStoreThatDoesNotSayThatItKeepsSuchADocumentIsNotToldToChangeIt(String target, int status, String said) {
        LoopbackStore.Script answer = call -> call.respond(status, Map.of(), said.getBytes(UTF_8));
        String document = target.endsWith("tagging") ? TAGS : "<PublicAccessBlockConfiguration/>";
        store.next(answer).next(answer);
        assertThat(ask("DELETE", target, "", "").status()).isNotEqualTo(204);
        assertThat(put(target, document).status()).isNotEqualTo(200);
        assertThat(store.requests()).hasSize(2).allMatch(request -> request.startsWith("GET "));
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /data?tagging, 404, NoSuchTagSet",
        "GET, /data?lifecycle, 404, NoSuchLifecycleConfiguration",
        "GET, /data?cors, 404, NoSuchCORSConfiguration",
        "GET, /data?object-lock, 404, ObjectLockConfigurationNotFoundError",
        "GET, /data?publicAccessBlock, 404, NoSuchPublicAccessBlockConfiguration",
        "GET, /data/key?retention, 404, NoSuchObjectLockConfiguration",
        "GET, /data?versioning, 501, NotImplemented",
    })
    void whatTheStoreSaysIsTold(String method, String target, int status, String code) {
        store.next(call -> call.error(status, code));
        RawClient.Answer answer = ask(method, target, "", "");
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.text()).contains("<Code>" + code + "</Code>");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"<Tags/>", "<Tagging>", "", "not XML", "<!DOCTYPE a [<!ENTITY b 'c'>]><Tagging>&b;</Tagging>"})
    void whatIsNoSuchDocumentDoesNotReachTheStore(String body) {
        assertThat(put("/data?tagging", body).text()).contains("<Code>MalformedXML</Code>");
        assertThat(store.requests()).isEmpty();
    }

    @Test
    void whereADamagedDocumentWouldDoHarmADigestIsDemanded() {
        assertThat(ask("PUT", "/data?tagging", "", TAGS).text()).contains("Content-MD5");
        assertThat(ask("PUT", "/data?tagging", "Content-MD5: AAAAAAAAAAAAAAAAAAAAAA==\r\n", TAGS)
                        .text())
                .contains("<Code>BadDigest</Code>");
        assertThat(store.requests()).isEmpty();
    }

    @Test
    void aDocumentThatIsTooLargeIsRefusedUnread() {
        String tags = "<Tagging>" + " ".repeat(70_000) + "</Tagging>";
        assertThat(put("/data?tagging", tags).text()).contains("<Code>MaxMessageLengthExceeded</Code>");
        assertThat(store.requests()).isEmpty();
    }

    @Test
    void sizesOfALifecycleAreSealedAtTheStoreAndPlainToTheClient() throws InterruptedException {
        String rule =
                "<LifecycleConfiguration><Rule><ID>r</ID><Filter><ObjectSizeGreaterThan>%d</ObjectSizeGreaterThan>"
                        + "</Filter><Status>Enabled</Status></Rule></LifecycleConfiguration>";
        store.next(none("NoSuchLifecycleConfiguration")).next(kept(200, Map.of()));
        assertThat(put("/data?lifecycle", rule.formatted(500)).status()).isEqualTo(200);
        assertThat(sent.take()).contains("<ObjectSizeGreaterThan>596</ObjectSizeGreaterThan>");
        store.next(told(rule.formatted(596), Map.of()));
        assertThat(get("/data?lifecycle").text()).contains("<ObjectSizeGreaterThan>500</ObjectSizeGreaterThan>");
    }

    @Test
    void retentionIsPassedOnWithLeaveToOverrideIt() {
        store.next(none("NoSuchObjectLockConfiguration")).next(call -> {
            assertThat(call.headers()).containsEntry("x-amz-bypass-governance-retention", "true");
            call.body();
            call.respond(200, Map.of(), new byte[0]);
        });
        String retention = "<Retention><Mode>GOVERNANCE</Mode></Retention>";
        assertThat(ask(
                                "PUT",
                                "/data/key?retention",
                                "x-amz-bypass-governance-retention: true\r\nContent-MD5: "
                                        + md5(retention.getBytes(UTF_8)) + "\r\n",
                                retention)
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aRestoreIsUnderWayOrDoneAsTheStoreSaysAndNeverAQuery() throws InterruptedException {
        store.next(kept(202, Map.of()));
        assertThat(ask("POST", "/data/key?restore", "", "<RestoreRequest><Days>1</Days></RestoreRequest>")
                        .status())
                .isEqualTo(202);
        assertThat(sent.take()).contains("<Days>1</Days>");
        assertThat(ask("POST", "/data/key?restore", "", "<RestoreRequest><Type>SELECT</Type></RestoreRequest>")
                        .text())
                .contains("<Code>NotImplemented</Code>", "sealed bytes");
        assertThat(store.requests()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "policy, 404, NoSuchBucketPolicy",
        "website, 404, NoSuchWebsiteConfiguration",
        "replication, 404, ReplicationConfigurationNotFoundError",
        "analytics&id=a, 404, NoSuchConfiguration",
        "intelligent-tiering&id=a, 404, NoSuchConfiguration",
        "inventory&id=a, 404, NoSuchConfiguration",
        "metrics&id=a, 404, NoSuchConfiguration",
        "metadataTable, 404, MetadataConfigurationNotFound",
    })
    void whatIsNotConfiguredIsSaidNotToBe(String subResource, int status, String code) {
        store.next(THERE);
        RawClient.Answer answer = get("/data?" + subResource);
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.text()).contains("<Code>" + code + "</Code>");
        assertThat(store.requests()).containsExactly("HEAD /data");
    }

    @ParameterizedTest
    @CsvSource({
        "acl, <Permission>FULL_CONTROL</Permission>",
        "acl, xsi:type=\"CanonicalUser\"",
        "ownershipControls, <ObjectOwnership>BucketOwnerEnforced</ObjectOwnership>",
        "requestPayment, <Payer>BucketOwner</Payer>",
        "accelerate, <Status>Suspended</Status>",
        "logging, <BucketLoggingStatus",
        "notification, <NotificationConfiguration",
        "encryption, <SSEAlgorithm>aws:kms</SSEAlgorithm>",
        "encryption, <BucketKeyEnabled>false</BucketKeyEnabled>",
        "analytics, <IsTruncated>false</IsTruncated>",
        "abac, <Status>Disabled</Status>",
    })
    void whatIsSoOfEveryBucketIsTold(String subResource, String part) {
        store.next(THERE);
        RawClient.Answer answer = get("/data?" + subResource);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).contains(part);
    }

    @ParameterizedTest
    @ValueSource(strings = {"policy", "acl", "encryption", "logging", "metrics"})
    void ofABucketThatIsNotThereNothingIsSo(String subResource) {
        store.next(call -> call.respond(404, Map.of(), new byte[0]));
        assertThat(get("/data?" + subResource).text()).contains("<Code>NoSuchBucket</Code>");
    }

    @Test
    void theAclOfAnObjectIsOfAnObjectThatIsThere() {
        store.next(call -> call.respond(404, Map.of("x-amz-delete-marker", "true"), new byte[0]));
        RawClient.Answer gone = get("/data/key?acl");
        assertThat(gone.text()).contains("<Code>NoSuchKey</Code>");
        assertThat(gone.header("x-amz-delete-marker")).isEqualTo("true");
        store.next(THERE);
        assertThat(get("/data/key?acl&versionId=v1").text()).contains("<ID>proj_1</ID>");
        assertThat(store.requests()).containsExactly("HEAD /data/key", "HEAD /data/key?versionId=v1");
    }

    private static String acl(String grants) {
        return "<AccessControlPolicy><Owner><ID>proj_1</ID></Owner><AccessControlList>" + grants
                + "</AccessControlList></AccessControlPolicy>";
    }

    private static String grant(String grantee, String permission) {
        return "<Grant><Grantee>" + grantee + "</Grantee><Permission>" + permission + "</Permission></Grant>";
    }

    @Test
    void anAclThatSaysWhatIsSoIsTaken() {
        store.next(THERE).next(THERE);
        assertThat(put("/data?acl", acl(grant("<ID>proj_1</ID>", "FULL_CONTROL")))
                        .status())
                .isEqualTo(200);
        assertThat(ask("PUT", "/data/key?acl", "x-amz-acl: bucket-owner-full-control\r\n", "")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void anyOtherAclIsRefusedAsWhereAclsAreDisabled() {
        for (String grants : new String[] {
            "",
            grant("<ID>proj_1</ID>", "READ"),
            grant("<ID>proj_2</ID>", "FULL_CONTROL"),
            grant("<URI>http://acs.amazonaws.com/groups/global/AllUsers</URI>", "FULL_CONTROL"),
            grant("<ID>proj_1</ID>", "FULL_CONTROL") + grant("<ID>proj_2</ID>", "READ"),
        }) {
            store.next(THERE);
            assertThat(put("/data?acl", acl(grants)).text()).contains("<Code>AccessControlListNotSupported</Code>");
        }
        for (String header : new String[] {"x-amz-acl: public-read", "x-amz-grant-read: id=proj_1"}) {
            assertThat(ask("PUT", "/data?acl", header + "\r\n", "").text())
                    .contains("<Code>AccessControlListNotSupported</Code>");
        }
    }

    private static String encryption(String rule) {
        return "<ServerSideEncryptionConfiguration><Rule><ApplyServerSideEncryptionByDefault>" + rule
                + "</ApplyServerSideEncryptionByDefault></Rule></ServerSideEncryptionConfiguration>";
    }

    @ParameterizedTest
    @CsvSource({
        "<SSEAlgorithm>AES256</SSEAlgorithm>, 200",
        "<SSEAlgorithm>aws:kms</SSEAlgorithm>, 200",
        "<SSEAlgorithm>aws:kms</SSEAlgorithm><KMSMasterKeyID>extkey_1</KMSMasterKeyID>, 200",
        "<SSEAlgorithm>aws:kms</SSEAlgorithm><KMSMasterKeyID>another</KMSMasterKeyID>, 400",
        "<SSEAlgorithm>aws:kms:dsse</SSEAlgorithm>, 400",
    })
    void encryptionThatIsSoIsTakenAndNoOther(String rule, int status) {
        store.next(THERE);
        assertThat(put("/data?encryption", encryption(rule)).status()).isEqualTo(status);
        assertThat(store.requests()).containsExactly("HEAD /data");
    }

    @ParameterizedTest
    @CsvSource({
        "logging, <BucketLoggingStatus/>, 200",
        "logging, <BucketLoggingStatus><LoggingEnabled/></BucketLoggingStatus>, 501",
        "notification, <NotificationConfiguration/>, 200",
        "notification, <NotificationConfiguration><TopicConfiguration/></NotificationConfiguration>, 501",
        "requestPayment, <RequestPaymentConfiguration><Payer>BucketOwner</Payer></RequestPaymentConfiguration>, 200",
        "requestPayment, <RequestPaymentConfiguration><Payer>Requester</Payer></RequestPaymentConfiguration>, 501",
        "accelerate, <AccelerateConfiguration><Status>Enabled</Status></AccelerateConfiguration>, 501",
        "ownershipControls, <OwnershipControls><Rule><ObjectOwnership>BucketOwnerEnforced</ObjectOwnership></Rule></OwnershipControls>, 200",
        "ownershipControls, <OwnershipControls><Rule><ObjectOwnership>ObjectWriter</ObjectOwnership></Rule></OwnershipControls>, 400",
        "ownershipControls, <OwnershipControls/>, 400",
    })
    void whatIsOffCanBeSetSo(String subResource, String document, int status) {
        store.next(THERE);
        assertThat(put("/data?" + subResource, document).status()).isEqualTo(status);
    }

    @ParameterizedTest
    @ValueSource(strings = {"website", "replication", "analytics&id=a", "inventory&id=a", "abac"})
    void whatCanMeanNothingHereIsRefusedForAReason(String subResource) {
        RawClient.Answer answer = put("/data?" + subResource, "<Any/>");
        assertThat(answer.status()).isEqualTo(501);
        assertThat(answer.text()).contains("<Code>NotImplemented</Code>", " is not implemented here. ");
        assertThat(store.requests()).isEmpty();
    }

    @Test
    void anObjectIsWrittenWithItsTagsAndItsLockAndADigestOfWhatIsSealed() throws InterruptedException {
        store.next(call -> {
            byte[] sealed = call.body();
            assertThat(call.headers())
                    .containsEntry("x-amz-tagging", "a=b")
                    .containsEntry("x-amz-object-lock-legal-hold", "ON")
                    .containsEntry("content-md5", md5(sealed));
            sent.add("whole");
            call.respond(200, Map.of("etag", "\"e\""), new byte[0]);
        });
        assertThat(ask("PUT", "/data/key", "x-amz-tagging: a=b\r\nx-amz-object-lock-legal-hold: ON\r\n", "plain")
                        .status())
                .isEqualTo(200);
        assertThat(sent.take()).isEqualTo("whole");
    }

    @Test
    void aPutWithASubResourceThatNobodyKnowsStaysARefusal() {
        assertThat(put("/data/key?append", "plain").status()).isEqualTo(501);
        assertThat(store.requests()).isEmpty();
    }
}
