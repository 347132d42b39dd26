package io.sealward.gateway.subresource;

import static io.netty.handler.codec.http.HttpMethod.DELETE;
import static io.netty.handler.codec.http.HttpMethod.GET;
import static io.netty.handler.codec.http.HttpMethod.PUT;

import io.netty.handler.codec.http.HttpMethod;
import io.sealward.gateway.document.Documents;
import io.sealward.gateway.request.AcceptedHeaders;
import io.sealward.gateway.request.Accepts;
import io.sealward.gateway.request.Declaration;
import io.sealward.gateway.request.Operation;
import io.sealward.gateway.request.Place;
import io.sealward.gateway.request.Rights;
import io.sealward.gateway.request.Route;
import io.sealward.gateway.request.Treatment;
import io.sealward.gateway.s3.S3Error;
import io.sealward.gateway.s3.S3Exception;
import io.sealward.gateway.tenant.Keks;
import io.sealward.gateway.xml.XmlElement;
import java.util.ArrayList;
import java.util.List;

/** What is so of every bucket here, and of every object: each operation a line. Writing says it again, or is refused. */
final class StandingAnswers {
    private static final String NONE_HERE = "none is configured, nor can be";
    private static final String DISABLED = "ACLs are disabled: all to the owner, nothing to others";
    private static final String OFF = "it is off, and can be set so";
    private static final String ACL = "x-amz-acl";

    private final Documents documents;
    private final List<Operation> operations = new ArrayList<>();

    private StandingAnswers(Documents documents) {
        this.documents = documents;
    }

    static List<Operation> all(Documents documents, Keks keks) {
        StandingAnswers all = new StandingAnswers(documents);
        all.accessLists();
        all.encryption(new ProjectEncryption(keks));
        all.switches();
        all.none();
        all.named("analytics", "Analytics", "ListBucketAnalyticsConfigurationResult");
        all.named("intelligent-tiering", "IntelligentTiering", "ListBucketIntelligentTieringConfigurationsOutput");
        all.named("inventory", "Inventory", "ListInventoryConfigurationsResult");
        all.named("metrics", "Metrics", "ListMetricsConfigurationsResult");
        return all.operations;
    }

    private void accessLists() {
        Answered.Answer told = Answers.document(OwnerAcl::document);
        Answered.Answer said = Answers.only(OwnerAcl.ROOT, OwnerAcl::requireTrue, ACL);
        Accepts canned = Accepts.document(AcceptedHeaders.of(ACL));
        add("GetBucketAcl", bucket(GET, "acl"), Rights.inOwnBucket("s3:GetBucketAcl"), DISABLED, told);
        add("PutBucketAcl", bucket(PUT, "acl"), Rights.inOwnBucket("s3:PutBucketAcl"), canned, DISABLED, said);
        add(
                "GetObjectAcl",
                object(GET, "acl"),
                Rights.inOwnBucket("s3:GetObjectAcl").orOfVersion("s3:GetObjectVersionAcl"),
                DISABLED,
                told);
        add(
                "PutObjectAcl",
                object(PUT, "acl"),
                Rights.inOwnBucket("s3:PutObjectAcl").orOfVersion("s3:PutObjectVersionAcl"),
                canned,
                DISABLED,
                said);
        String sub = "ownershipControls";
        Rights write = Rights.inOwnBucket("s3:PutBucketOwnershipControls");
        String enforced = "BucketOwnerEnforced";
        XmlElement controls = XmlElement.of(
                "OwnershipControls",
                List.of(XmlElement.of("Rule", List.of(XmlElement.text("ObjectOwnership", enforced)))));
        add(
                "GetBucketOwnershipControls",
                bucket(GET, sub),
                Rights.inOwnBucket("s3:GetBucketOwnershipControls"),
                DISABLED,
                Answers.always(controls));
        add(
                "PutBucketOwnershipControls",
                bucket(PUT, sub),
                write,
                Accepts.document(AcceptedHeaders.NONE),
                DISABLED,
                Answers.only(controls.name(), (request, document) -> {
                    if (document.all("Rule").isEmpty()) {
                        throw new S3Exception(S3Error.MALFORMED_XML);
                    }
                    require(
                            document.equals(controls),
                            S3Error.INVALID_ARGUMENT,
                            "ACLs are disabled here: the only ObjectOwnership is " + enforced + ".");
                }));
        add("DeleteBucketOwnershipControls", bucket(DELETE, sub), write, DISABLED, Answers.removed());
    }

    private void encryption(ProjectEncryption encryption) {
        String remark = "every object is sealed under the project's KEK";
        Rights write = Rights.inOwnBucket("s3:PutEncryptionConfiguration");
        add(
                "GetBucketEncryption",
                bucket(GET, "encryption"),
                Rights.inOwnBucket("s3:GetEncryptionConfiguration"),
                remark,
                Answers.document(encryption::document));
        add(
                "PutBucketEncryption",
                bucket(PUT, "encryption"),
                write,
                Accepts.document(AcceptedHeaders.NONE),
                remark,
                Answers.only(ProjectEncryption.ROOT, encryption::requireTrue));
        add("DeleteBucketEncryption", bucket(DELETE, "encryption"), write, remark, Answers.removed());
    }

    private void switches() {
        toggle(
                "RequestPayment",
                "requestPayment",
                "s3:GetBucketRequestPayment",
                "s3:PutBucketRequestPayment",
                XmlElement.of("RequestPaymentConfiguration", List.of(XmlElement.text("Payer", "BucketOwner"))));
        toggle(
                "AccelerateConfiguration",
                "accelerate",
                "s3:GetAccelerateConfiguration",
                "s3:PutAccelerateConfiguration",
                XmlElement.of("AccelerateConfiguration", List.of(XmlElement.text("Status", "Suspended"))));
        toggle(
                "Logging",
                "logging",
                "s3:GetBucketLogging",
                "s3:PutBucketLogging",
                XmlElement.text("BucketLoggingStatus", ""));
        toggle(
                "NotificationConfiguration",
                "notification",
                "s3:GetBucketNotification",
                "s3:PutBucketNotification",
                XmlElement.text("NotificationConfiguration", ""));
        add(
                "GetBucketAbac",
                bucket(GET, "abac"),
                Rights.inOwnBucket("s3:GetBucketAbac"),
                OFF,
                Answers.always(XmlElement.of("AbacStatus", List.of(XmlElement.text("Status", "Disabled")))));
    }

    /** @param off how a document says that it is off */
    private void toggle(String name, String subResource, String read, String write, XmlElement off) {
        add("GetBucket" + name, bucket(GET, subResource), Rights.inOwnBucket(read), OFF, Answers.always(off));
        add(
                "PutBucket" + name,
                bucket(PUT, subResource),
                Rights.inOwnBucket(write),
                Accepts.document(AcceptedHeaders.NONE),
                OFF,
                Answers.only(
                        off.name(),
                        (request, document) -> require(
                                document.children().equals(off.children()),
                                S3Error.NOT_IMPLEMENTED,
                                "PutBucket" + name + " is implemented here only as far as it says that it is off.")));
    }

    private void none() {
        add(
                "GetBucketReplication",
                bucket(GET, "replication"),
                Rights.inOwnBucket("s3:GetReplicationConfiguration"),
                NONE_HERE,
                Answers.none(S3Error.REPLICATION_CONFIGURATION_NOT_FOUND));
        add(
                "DeleteBucketReplication",
                bucket(DELETE, "replication"),
                Rights.inOwnBucket("s3:PutReplicationConfiguration"),
                NONE_HERE,
                Answers.removed());
        add(
                "GetBucketWebsite",
                bucket(GET, "website"),
                Rights.inOwnBucket("s3:GetBucketWebsite"),
                NONE_HERE,
                Answers.none(S3Error.NO_SUCH_WEBSITE_CONFIGURATION));
        add(
                "DeleteBucketWebsite",
                bucket(DELETE, "website"),
                Rights.inOwnBucket("s3:DeleteBucketWebsite"),
                NONE_HERE,
                Answers.removed());
        for (String kind : List.of("Configuration", "TableConfiguration")) {
            add(
                    "GetBucketMetadata" + kind,
                    bucket(GET, kind.equals("Configuration") ? "metadataConfiguration" : "metadataTable"),
                    Rights.inOwnBucket("s3:GetBucketMetadataTableConfiguration"),
                    NONE_HERE,
                    Answers.none(S3Error.METADATA_CONFIGURATION_NOT_FOUND));
        }
    }

    /** Configurations of which a bucket can have several, each under an id. */
    private void named(String subResource, String kind, String list) {
        Rights read = Rights.inOwnBucket("s3:Get" + kind + "Configuration");
        Answered.Answer noSuch = Answers.none(S3Error.NO_SUCH_CONFIGURATION);
        String name = "Bucket" + kind + "Configuration";
        add("Get" + name, bucket(GET, subResource).naming("id"), read, NONE_HERE, noSuch);
        add(
                "List" + name + "s",
                bucket(GET, subResource),
                read,
                NONE_HERE,
                Answers.always(XmlElement.of(list, List.of(XmlElement.text("IsTruncated", "false")))));
        add(
                "Delete" + name,
                bucket(DELETE, subResource),
                Rights.inOwnBucket("s3:Put" + kind + "Configuration"),
                NONE_HERE,
                noSuch);
    }

    private static void require(boolean so, S3Error error, String reason) {
        if (!so) {
            throw new S3Exception(error, reason);
        }
    }

    private static Route bucket(HttpMethod method, String subResource) {
        return Route.of(method, Place.Level.BUCKET).with(subResource);
    }

    private static Route object(HttpMethod method, String subResource) {
        return Route.of(method, Place.Level.OBJECT).with(subResource);
    }

    private void add(String name, Route route, Rights rights, String remark, Answered.Answer answer) {
        add(name, route, rights, Accepts.nothing(), remark, answer);
    }

    private void add(String name, Route route, Rights rights, Accepts accepts, String remark, Answered.Answer answer) {
        operations.add(new Answered(
                new Declaration(name, route, rights, accepts, Treatment.answered(remark)), answer, documents));
    }
}
