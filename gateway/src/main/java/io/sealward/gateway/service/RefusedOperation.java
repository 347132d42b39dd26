package io.sealward.gateway.service;

import static io.netty.handler.codec.http.HttpMethod.DELETE;
import static io.netty.handler.codec.http.HttpMethod.GET;
import static io.netty.handler.codec.http.HttpMethod.POST;
import static io.netty.handler.codec.http.HttpMethod.PUT;

import io.netty.handler.codec.http.HttpMethod;
import io.sealward.gateway.request.Place;
import io.sealward.gateway.request.Route;
import io.sealward.gateway.s3.S3Error;
import io.sealward.gateway.s3.S3Exception;
import java.util.ArrayList;
import java.util.List;

/**
 * An operation of S3 that the gateway refuses.
 *
 * @param reason a sentence, for the client that asks for it and for the README
 */
record RefusedOperation(String name, Route route, String reason) {
    /** All of the Amazon S3 API Reference, "Actions", that no class of the gateway serves. */
    static final List<RefusedOperation> ALL = all();

    S3Exception refusal() {
        return new S3Exception(S3Error.NOT_IMPLEMENTED, name + " is not implemented here. " + reason);
    }

    private static List<RefusedOperation> all() {
        Reasons all = new Reasons();
        all.because("A copy needs a seal of its own, which this gateway does not make of another object yet.")
                .object(PUT, "", "x-amz-copy-source", "CopyObject")
                .object(PUT, "uploadId", "x-amz-copy-source", "UploadPartCopy")
                .object(PUT, "renameObject", "RenameObject");
        all.because("The sender of a form is known from its body, of which nothing is read before the sender is known.")
                .bucket(POST, "", "PostObject");
        all.because("Who may do what is decided by projects and their credentials, and not at the store.")
                .bucket(GET, "acl", "GetBucketAcl")
                .bucket(PUT, "acl", "PutBucketAcl")
                .object(GET, "acl", "GetObjectAcl")
                .object(PUT, "acl", "PutObjectAcl")
                .bucket(GET, "policy", "GetBucketPolicy")
                .bucket(PUT, "policy", "PutBucketPolicy")
                .bucket(DELETE, "policy", "DeleteBucketPolicy")
                .bucket(GET, "policyStatus", "GetBucketPolicyStatus")
                .bucket(GET, "ownershipControls", "GetBucketOwnershipControls")
                .bucket(PUT, "ownershipControls", "PutBucketOwnershipControls")
                .bucket(DELETE, "ownershipControls", "DeleteBucketOwnershipControls")
                .bucket(GET, "publicAccessBlock", "GetPublicAccessBlock")
                .bucket(PUT, "publicAccessBlock", "PutPublicAccessBlock")
                .bucket(DELETE, "publicAccessBlock", "DeletePublicAccessBlock")
                .bucket(GET, "abac", "GetBucketAbac")
                .bucket(PUT, "abac", "PutBucketAbac");
        all.because("Tags and annotations would lie at the store unsealed.")
                .bucket(GET, "tagging", "GetBucketTagging")
                .bucket(PUT, "tagging", "PutBucketTagging")
                .bucket(DELETE, "tagging", "DeleteBucketTagging")
                .object(GET, "tagging", "GetObjectTagging")
                .object(PUT, "tagging", "PutObjectTagging")
                .object(DELETE, "tagging", "DeleteObjectTagging")
                .object(GET, "annotation", "GetObjectAnnotation")
                .object(PUT, "annotation", "PutObjectAnnotation")
                .object(DELETE, "annotation", "DeleteObjectAnnotation")
                .object(GET, "annotation", "ListObjectAnnotations");
        all.because("Each object is sealed under its project's KEK, and there is nothing to choose.")
                .bucket(GET, "encryption", "GetBucketEncryption")
                .bucket(PUT, "encryption", "PutBucketEncryption")
                .bucket(DELETE, "encryption", "DeleteBucketEncryption")
                .object(PUT, "encryption", "UpdateObjectEncryption");
        all.because("What the store knows of content is of sealed bytes.")
                .object(GET, "attributes", "GetObjectAttributes")
                .object(GET, "torrent", "GetObjectTorrent")
                .object(POST, "select", "SelectObjectContent");
        all.because(
                        "Versions, locks and retention are set up at the store; versions are read, listed and deleted here.")
                .bucket(GET, "versioning", "GetBucketVersioning")
                .bucket(PUT, "versioning", "PutBucketVersioning")
                .bucket(GET, "object-lock", "GetObjectLockConfiguration")
                .bucket(PUT, "object-lock", "PutObjectLockConfiguration")
                .object(GET, "legal-hold", "GetObjectLegalHold")
                .object(PUT, "legal-hold", "PutObjectLegalHold")
                .object(GET, "retention", "GetObjectRetention")
                .object(PUT, "retention", "PutObjectRetention");
        all.because("What the store does with stored objects by itself is set up at the store.")
                .bucket(GET, "lifecycle", "GetBucketLifecycle")
                .bucket(PUT, "lifecycle", "PutBucketLifecycle")
                .bucket(GET, "lifecycle", "GetBucketLifecycleConfiguration")
                .bucket(PUT, "lifecycle", "PutBucketLifecycleConfiguration")
                .bucket(DELETE, "lifecycle", "DeleteBucketLifecycle")
                .bucket(GET, "replication", "GetBucketReplication")
                .bucket(PUT, "replication", "PutBucketReplication")
                .bucket(DELETE, "replication", "DeleteBucketReplication")
                .bucket(GET, "intelligent-tiering", "GetBucketIntelligentTieringConfiguration")
                .bucket(PUT, "intelligent-tiering", "PutBucketIntelligentTieringConfiguration")
                .bucket(DELETE, "intelligent-tiering", "DeleteBucketIntelligentTieringConfiguration")
                .bucket(GET, "intelligent-tiering", "ListBucketIntelligentTieringConfigurations")
                .object(POST, "restore", "RestoreObject");
        all.because("What the store reports of itself is set up at the store.")
                .bucket(GET, "analytics", "GetBucketAnalyticsConfiguration")
                .bucket(PUT, "analytics", "PutBucketAnalyticsConfiguration")
                .bucket(DELETE, "analytics", "DeleteBucketAnalyticsConfiguration")
                .bucket(GET, "analytics", "ListBucketAnalyticsConfigurations")
                .bucket(GET, "inventory", "GetBucketInventoryConfiguration")
                .bucket(PUT, "inventory", "PutBucketInventoryConfiguration")
                .bucket(DELETE, "inventory", "DeleteBucketInventoryConfiguration")
                .bucket(GET, "inventory", "ListBucketInventoryConfigurations")
                .bucket(GET, "metrics", "GetBucketMetricsConfiguration")
                .bucket(PUT, "metrics", "PutBucketMetricsConfiguration")
                .bucket(DELETE, "metrics", "DeleteBucketMetricsConfiguration")
                .bucket(GET, "metrics", "ListBucketMetricsConfigurations")
                .bucket(GET, "logging", "GetBucketLogging")
                .bucket(PUT, "logging", "PutBucketLogging")
                .bucket(GET, "notification", "GetBucketNotification")
                .bucket(PUT, "notification", "PutBucketNotification")
                .bucket(GET, "notification", "GetBucketNotificationConfiguration")
                .bucket(PUT, "notification", "PutBucketNotificationConfiguration")
                .bucket(POST, "metadataConfiguration", "CreateBucketMetadataConfiguration")
                .bucket(GET, "metadataConfiguration", "GetBucketMetadataConfiguration")
                .bucket(DELETE, "metadataConfiguration", "DeleteBucketMetadataConfiguration")
                .bucket(POST, "metadataTable", "CreateBucketMetadataTableConfiguration")
                .bucket(GET, "metadataTable", "GetBucketMetadataTableConfiguration")
                .bucket(DELETE, "metadataTable", "DeleteBucketMetadataTableConfiguration")
                .bucket(PUT, "metadataAnnotationTable", "UpdateBucketMetadataAnnotationTableConfiguration")
                .bucket(PUT, "metadataInventoryTable", "UpdateBucketMetadataInventoryTableConfiguration")
                .bucket(PUT, "metadataJournalTable", "UpdateBucketMetadataJournalTableConfiguration");
        all.because("The gateway answers signed requests only, and serves no web pages.")
                .bucket(GET, "cors", "GetBucketCors")
                .bucket(PUT, "cors", "PutBucketCors")
                .bucket(DELETE, "cors", "DeleteBucketCors")
                .bucket(GET, "website", "GetBucketWebsite")
                .bucket(PUT, "website", "PutBucketWebsite")
                .bucket(DELETE, "website", "DeleteBucketWebsite");
        all.because("It is about services that AWS alone has.")
                .bucket(GET, "accelerate", "GetBucketAccelerateConfiguration")
                .bucket(PUT, "accelerate", "PutBucketAccelerateConfiguration")
                .bucket(GET, "requestPayment", "GetBucketRequestPayment")
                .bucket(PUT, "requestPayment", "PutBucketRequestPayment")
                .bucket(GET, "session", "CreateSession")
                .service(GET, "ListDirectoryBuckets")
                .bucket(POST, "", "x-amz-request-route", "WriteGetObjectResponse");
        return List.copyOf(all.operations);
    }

    /** Collects operations, each for the reason that was given last. */
    private static final class Reasons {
        private final List<RefusedOperation> operations = new ArrayList<>();
        private String reason = "";

        Reasons because(String other) {
            reason = other;
            return this;
        }

        Reasons service(HttpMethod method, String name) {
            return add(name, Route.of(method, Place.Level.SERVICE));
        }

        Reasons bucket(HttpMethod method, String subResource, String name) {
            return add(name, Route.of(method, Place.Level.BUCKET).with(subResource));
        }

        Reasons bucket(HttpMethod method, String subResource, String header, String name) {
            return add(
                    name, Route.of(method, Place.Level.BUCKET).with(subResource).selectedBy(header));
        }

        Reasons object(HttpMethod method, String subResource, String name) {
            return add(name, Route.of(method, Place.Level.OBJECT).with(subResource));
        }

        Reasons object(HttpMethod method, String subResource, String header, String name) {
            return add(
                    name, Route.of(method, Place.Level.OBJECT).with(subResource).selectedBy(header));
        }

        private Reasons add(String name, Route route) {
            operations.add(new RefusedOperation(name, route, reason));
            return this;
        }
    }
}
