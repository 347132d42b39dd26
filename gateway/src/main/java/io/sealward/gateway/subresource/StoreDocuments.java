package io.sealward.gateway.subresource;

import static io.netty.handler.codec.http.HttpMethod.DELETE;
import static io.netty.handler.codec.http.HttpMethod.GET;
import static io.netty.handler.codec.http.HttpMethod.POST;
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
import java.util.ArrayList;
import java.util.List;

/** The documents that the store keeps and acts on: each operation a line. */
final class StoreDocuments {
    private static final String AS_IT_IS = "as it is";
    private static final String BYPASS = "x-amz-bypass-governance-retention";
    private static final String MINIMUM = "x-amz-transition-default-minimum-object-size";

    private final Documents documents;
    private final List<Operation> operations = new ArrayList<>();

    private StoreDocuments(Documents documents) {
        this.documents = documents;
    }

    static List<Operation> all(Documents documents) {
        StoreDocuments all = new StoreDocuments(documents);
        all.versionsAndLocks();
        all.tags();
        all.lifecycle();
        all.access();
        return all.operations;
    }

    private void versionsAndLocks() {
        PassedOn.Kind versioning = new PassedOn.Kind("VersioningConfiguration", 16 << 10, false, Translation.NONE);
        add(bucket(GET, "versioning", "GetBucketVersioning", "s3:GetBucketVersioning"), versioning);
        add(bucket(PUT, "versioning", "PutBucketVersioning", "s3:PutBucketVersioning"), versioning);
        PassedOn.Kind lock = new PassedOn.Kind("ObjectLockConfiguration", 16 << 10, true, Translation.NONE);
        add(bucket(GET, "object-lock", "GetObjectLockConfiguration", "s3:GetBucketObjectLockConfiguration"), lock);
        add(
                bucket(PUT, "object-lock", "PutObjectLockConfiguration", "s3:PutBucketObjectLockConfiguration")
                        .taking("x-amz-bucket-object-lock-token"),
                lock);
        PassedOn.Kind retention = new PassedOn.Kind("Retention", 16 << 10, true, Translation.NONE);
        add(object(GET, "retention", "GetObjectRetention", "s3:GetObjectRetention"), retention);
        add(
                object(PUT, "retention", "PutObjectRetention", "s3:PutObjectRetention")
                        .taking(BYPASS)
                        .with(BYPASS, "s3:BypassGovernanceRetention"),
                retention);
        PassedOn.Kind hold = new PassedOn.Kind("LegalHold", 16 << 10, true, Translation.NONE);
        add(object(GET, "legal-hold", "GetObjectLegalHold", "s3:GetObjectLegalHold"), hold);
        add(object(PUT, "legal-hold", "PutObjectLegalHold", "s3:PutObjectLegalHold"), hold);
    }

    private void tags() {
        PassedOn.Kind tags = new PassedOn.Kind("Tagging", 64 << 10, true, Translation.NONE);
        add(bucket(GET, "tagging", "GetBucketTagging", "s3:GetBucketTagging"), tags);
        add(bucket(PUT, "tagging", "PutBucketTagging", "s3:PutBucketTagging"), tags);
        add(bucket(DELETE, "tagging", "DeleteBucketTagging", "s3:PutBucketTagging"), tags);
        add(
                object(GET, "tagging", "GetObjectTagging", "s3:GetObjectTagging")
                        .orOfVersion("s3:GetObjectVersionTagging"),
                tags);
        add(
                object(PUT, "tagging", "PutObjectTagging", "s3:PutObjectTagging")
                        .orOfVersion("s3:PutObjectVersionTagging"),
                tags);
        add(
                object(DELETE, "tagging", "DeleteObjectTagging", "s3:DeleteObjectTagging")
                        .orOfVersion("s3:DeleteObjectVersionTagging"),
                tags);
    }

    private void lifecycle() {
        PassedOn.Kind rules = new PassedOn.Kind("LifecycleConfiguration", 1 << 20, true, new LifecycleSizes());
        String sizes = "size filters are of plaintext";
        add(
                bucket(GET, "lifecycle", "GetBucketLifecycleConfiguration", "s3:GetLifecycleConfiguration")
                        .saying(sizes),
                rules);
        add(
                bucket(PUT, "lifecycle", "PutBucketLifecycleConfiguration", "s3:PutLifecycleConfiguration")
                        .saying(sizes)
                        .taking(MINIMUM),
                rules);
        add(
                bucket(DELETE, "lifecycle", "DeleteBucketLifecycle", "s3:PutLifecycleConfiguration")
                        .saying(sizes),
                rules);
        PassedOn.Kind restore = new PassedOn.Kind("RestoreRequest", 16 << 10, false, new RestoreWish());
        add(object(POST, "restore", "RestoreObject", "s3:RestoreObject").saying("without a query"), restore);
    }

    private void access() {
        PassedOn.Kind cors = new PassedOn.Kind("CORSConfiguration", 64 << 10, true, Translation.NONE);
        String evaluated = "kept by the store, evaluated here";
        add(bucket(GET, "cors", "GetBucketCors", "s3:GetBucketCORS").saying(evaluated), cors);
        add(bucket(PUT, "cors", "PutBucketCors", "s3:PutBucketCORS").saying(evaluated), cors);
        add(bucket(DELETE, "cors", "DeleteBucketCors", "s3:PutBucketCORS").saying(evaluated), cors);
        PassedOn.Kind block = new PassedOn.Kind("PublicAccessBlockConfiguration", 16 << 10, false, Translation.NONE);
        String subResource = "publicAccessBlock";
        add(bucket(GET, subResource, "GetPublicAccessBlock", "s3:GetBucketPublicAccessBlock"), block);
        add(bucket(PUT, subResource, "PutPublicAccessBlock", "s3:PutBucketPublicAccessBlock"), block);
        add(bucket(DELETE, subResource, "DeletePublicAccessBlock", "s3:PutBucketPublicAccessBlock"), block);
    }

    private void add(Line line, PassedOn.Kind kind) {
        operations.add(new PassedOn(line.declaration(), kind, documents));
    }

    private static Line bucket(HttpMethod method, String subResource, String name, String action) {
        return line(method, Place.Level.BUCKET, subResource, name, action);
    }

    private static Line object(HttpMethod method, String subResource, String name, String action) {
        return line(method, Place.Level.OBJECT, subResource, name, action);
    }

    private static Line line(HttpMethod method, Place.Level level, String subResource, String name, String action) {
        return new Line(
                name,
                Route.of(method, level).with(subResource),
                Rights.inOwnBucket(action),
                AcceptedHeaders.NONE,
                AS_IT_IS);
    }

    /** A declaration in the making. */
    private record Line(String name, Route route, Rights rights, AcceptedHeaders headers, String remark) {
        Line taking(String header) {
            return new Line(name, route, rights, AcceptedHeaders.of(header), remark);
        }

        Line with(String header, String action) {
            return new Line(name, route, rights.with(header, action), headers, remark);
        }

        Line orOfVersion(String action) {
            return new Line(name, route, rights.orOfVersion(action), headers, remark);
        }

        Line saying(String other) {
            return new Line(name, route, rights, headers, other);
        }

        Declaration declaration() {
            boolean brings = route.method().equals(PUT) || route.method().equals(POST);
            return new Declaration(
                    name,
                    route,
                    rights,
                    brings ? Accepts.document(headers) : Accepts.headers(headers),
                    Treatment.forwarded(remark));
        }
    }
}
