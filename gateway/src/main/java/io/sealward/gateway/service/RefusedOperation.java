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
        all.because("It is for directory buckets, which this gateway does not serve.")
                .object(PUT, "renameObject", "RenameObject");
        all.because("Who may do what is decided by projects, credentials and policies, and not by tags.")
                .bucket(PUT, "abac", "PutBucketAbac");
        all.because("Annotations would lie at the store unsealed.")
                .object(GET, "annotation", "GetObjectAnnotation")
                .object(PUT, "annotation", "PutObjectAnnotation")
                .object(DELETE, "annotation", "DeleteObjectAnnotation")
                .object(GET, "annotation", "ListObjectAnnotations");
        all.because("Each object is sealed under its project's KEK, and there is nothing to choose.")
                .object(PUT, "encryption", "UpdateObjectEncryption");
        all.because("What the store knows of content is of sealed bytes.")
                .object(GET, "torrent", "GetObjectTorrent")
                .object(POST, "select", "SelectObjectContent");
        all.because("A sealed object opens under its own bucket's name only, and keeps its place.")
                .bucket(PUT, "replication", "PutBucketReplication");
        all.because("What the store reports of itself names its own accounts and sealed bytes, and is set up there.")
                .bucket(PUT, "analytics", "PutBucketAnalyticsConfiguration")
                .bucket(PUT, "inventory", "PutBucketInventoryConfiguration")
                .bucket(PUT, "metrics", "PutBucketMetricsConfiguration")
                .bucket(POST, "metadataConfiguration", "CreateBucketMetadataConfiguration")
                .bucket(DELETE, "metadataConfiguration", "DeleteBucketMetadataConfiguration")
                .bucket(POST, "metadataTable", "CreateBucketMetadataTableConfiguration")
                .bucket(DELETE, "metadataTable", "DeleteBucketMetadataTableConfiguration")
                .bucket(PUT, "metadataAnnotationTable", "UpdateBucketMetadataAnnotationTableConfiguration")
                .bucket(PUT, "metadataInventoryTable", "UpdateBucketMetadataInventoryTableConfiguration")
                .bucket(PUT, "metadataJournalTable", "UpdateBucketMetadataJournalTableConfiguration");
        all.because("The gateway serves no web pages.").bucket(PUT, "website", "PutBucketWebsite");
        all.because("It is about services that AWS alone has.")
                .bucket(PUT, "intelligent-tiering", "PutBucketIntelligentTieringConfiguration")
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

        private Reasons add(String name, Route route) {
            operations.add(new RefusedOperation(name, route, reason));
            return this;
        }
    }
}
