package io.sealward.gateway.object;

import io.netty.handler.codec.http.HttpMethod;
import io.sealward.crypto.frame.PartLayout;
import io.sealward.gateway.body.Checksum;
import io.sealward.gateway.body.ChecksumType;
import io.sealward.gateway.front.Exchange;
import io.sealward.gateway.front.Response;
import io.sealward.gateway.key.ObjectKeys;
import io.sealward.gateway.request.AcceptedHeaders;
import io.sealward.gateway.request.Accepts;
import io.sealward.gateway.request.Declaration;
import io.sealward.gateway.request.Operation;
import io.sealward.gateway.request.Place;
import io.sealward.gateway.request.Rights;
import io.sealward.gateway.request.Route;
import io.sealward.gateway.request.S3Request;
import io.sealward.gateway.request.Treatment;
import io.sealward.gateway.s3.Decimal;
import io.sealward.gateway.s3.ETags;
import io.sealward.gateway.s3.S3Error;
import io.sealward.gateway.s3.S3Exception;
import io.sealward.gateway.store.Asker;
import io.sealward.gateway.store.StoreClient;
import io.sealward.gateway.store.StoreClients;
import io.sealward.gateway.store.StoreErrors;
import io.sealward.gateway.store.StoreRequest;
import io.sealward.gateway.xml.XmlElement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

/** GetObjectAttributes: plaintext sizes of an object and its parts, without any key, but for a checksum that is asked for. */
final class GetObjectAttributes implements Operation {
    private static final byte[] NONE = {};
    private static final String WANTED = "x-amz-object-attributes";
    private static final String MAX_PARTS = "x-amz-max-parts";
    private static final String MARKER = "x-amz-part-number-marker";
    private static final String PARTS = "ObjectParts";
    private static final String CHECKSUM = "Checksum";
    private static final Set<String> KNOWN = Set.of("ETag", CHECKSUM, PARTS, "StorageClass", "ObjectSize");
    private static final int MOST_PARTS = 1000;

    /** Of a part in the answer, in memory: an estimate from above. */
    private static final long PART_BYTES = 1 << 10;

    private static final Declaration DECLARATION = new Declaration(
            "GetObjectAttributes",
            Route.of(HttpMethod.GET, Place.Level.OBJECT).with("attributes"),
            Rights.inOwnBucket("s3:GetObjectAttributes")
                    .orOfVersion("s3:GetObjectVersionAttributes")
                    .with(WANTED, "s3:GetObject", "s3:GetObjectVersion"),
            Accepts.headers(AcceptedHeaders.of(WANTED, MAX_PARTS, MARKER)),
            Treatment.answered("plaintext sizes, of parts too, and checksums; no key needed but for these"));

    private final StoreClients clients;
    private final ObjectKeys keys;
    private final ReadPlans plans;
    private final UnsealedObjects unsealed;

    GetObjectAttributes(StoreClients clients, ObjectKeys keys, ReadPlans plans, UnsealedObjects unsealed) {
        this.clients = clients;
        this.keys = keys;
        this.plans = plans;
        this.unsealed = unsealed;
    }

    /** What is wanted of an object, and of its parts which page. */
    private record Wanted(Set<String> attributes, int maxParts, int marker) {
        static Wanted of(S3Request request) {
            Set<String> attributes = request.headers().getAll(WANTED).stream()
                    .flatMap(value -> Arrays.stream(value.split(",")))
                    .map(String::trim)
                    .collect(Collectors.toSet());
            if (attributes.isEmpty() || !KNOWN.containsAll(attributes)) {
                throw new S3Exception(S3Error.INVALID_ARGUMENT, "Invalid attribute name specified.");
            }
            return new Wanted(
                    attributes,
                    Math.min(number(request, MAX_PARTS, MOST_PARTS), MOST_PARTS),
                    number(request, MARKER, 0));
        }

        private static int number(S3Request request, String header, int otherwise) {
            return request.header(header)
                    .map(text -> (int) Decimal.parse(text).stream()
                            .filter(number -> number <= Integer.MAX_VALUE)
                            .findFirst()
                            .orElseThrow(() ->
                                    new S3Exception(S3Error.INVALID_ARGUMENT, header + " must be a number from 0 on.")))
                    .orElse(otherwise);
        }

        boolean has(String attribute) {
            return attributes.contains(attribute);
        }
    }

    @Override
    public Declaration declaration() {
        return DECLARATION;
    }

    @Override
    public CompletionStage<Void> handle(S3Request request, Exchange exchange) {
        Wanted wanted = Wanted.of(request);
        StoreRequest head = StoreRequest.of(HttpMethod.HEAD, request.bucket(), request.key());
        request.query("versionId").ifPresent(id -> head.query("versionId", id));
        return clients.on(exchange, request.admission())
                .exchange(head, NONE, 0)
                .thenCompose(told -> answer(request, wanted, exchange, told))
                .thenAccept(exchange::respond)
                .whenComplete((done, failure) -> BrokenSeal.alarm(request, exchange, failure));
    }

    private CompletionStage<Response> answer(
            S3Request request, Wanted wanted, Exchange exchange, StoreClient.Collected head) {
        if (!head.response().successful()) {
            throw StoreErrors.of(head);
        }
        StoredObject object = StoredObject.of(head.response());
        if (object.seal().isEmpty()) {
            unsealed.requireServed(request, object);
            return CompletableFuture.completedStage(
                    answer(wanted, object, new Told(object.storedLength(), Optional.empty(), Optional.empty())));
        }
        return sizes(request, wanted, object, exchange)
                .thenCombine(checksum(request, wanted, object, exchange), Told::with)
                .thenApply(told -> answer(wanted, object, told));
    }

    /** What the headers of an object do not tell by themselves. */
    private record Told(long length, Optional<PartLayout> parts, Optional<Checksum> checksum) {
        Told with(Optional<Checksum> kept) {
            return new Told(length, parts, kept);
        }
    }

    private CompletionStage<Told> sizes(S3Request request, Wanted wanted, StoredObject object, Exchange exchange) {
        if (!wanted.has(PARTS) || !object.seal().orElseThrow().layout().multipart()) {
            return plaintextLength(request, object, exchange)
                    .thenApply(length -> new Told(length, Optional.empty(), Optional.empty()));
        }
        exchange.reserve(wanted.maxParts() * PART_BYTES);
        return plans.parts(request, object, exchange)
                .thenApply(parts -> new Told(parts.plaintextLength(), Optional.of(parts), Optional.empty()));
    }

    private CompletionStage<Optional<Checksum>> checksum(
            S3Request request, Wanted wanted, StoredObject object, Exchange exchange) {
        return wanted.has(CHECKSUM)
                ? KeptChecksum.of(keys, request, object, exchange.eventLoop())
                : CompletableFuture.completedStage(Optional.empty());
    }

    private CompletionStage<Long> plaintextLength(S3Request request, StoredObject object, Asker asker) {
        ReadPlans.Wanted whole = new ReadPlans.Wanted(Optional.empty(), Optional.empty());
        return plans.plan(request, whole, object, asker).thenApply(ReadPlan::total);
    }

    private static Response answer(Wanted wanted, StoredObject object, Told found) {
        List<XmlElement> told = new ArrayList<>();
        if (wanted.has("ETag")) {
            told.add(XmlElement.text("ETag", ETags.unquoted(ETags.toClient(object.etag()))));
        }
        found.checksum().ifPresent(sum -> told.add(checksum(sum)));
        found.parts().ifPresent(layout -> told.add(parts(wanted, layout)));
        if (wanted.has("StorageClass")) {
            told.add(XmlElement.text("StorageClass", object.headers().get("x-amz-storage-class", "STANDARD")));
        }
        if (wanted.has("ObjectSize")) {
            told.add(XmlElement.text("ObjectSize", Long.toString(found.length())));
        }
        Response response = Response.xml(
                200, XmlElement.of("GetObjectAttributesResponse", told).toDocument());
        for (String name : List.of("last-modified", "x-amz-version-id")) {
            String value = object.headers().get(name);
            if (value != null) {
                response.headers().set(name, value);
            }
        }
        return response;
    }

    private static XmlElement checksum(Checksum kept) {
        return XmlElement.of(
                CHECKSUM,
                List.of(
                        XmlElement.text(kept.algorithm().elementName(), kept.base64()),
                        XmlElement.text("ChecksumType", ChecksumType.FULL_OBJECT.name())));
    }

    private static XmlElement parts(Wanted wanted, PartLayout layout) {
        int first = Math.min(wanted.marker(), layout.partCount()) + 1;
        int end = Math.min(layout.partCount(), first - 1 + wanted.maxParts());
        List<XmlElement> page = new ArrayList<>();
        page.add(number("PartsCount", layout.partCount()));
        page.add(number("PartNumberMarker", wanted.marker()));
        page.add(number("NextPartNumberMarker", end));
        page.add(number("MaxParts", wanted.maxParts()));
        page.add(XmlElement.text("IsTruncated", Boolean.toString(end < layout.partCount())));
        for (int part = first; part <= end; part++) {
            page.add(XmlElement.of("Part", List.of(number("PartNumber", part), number("Size", layout.lengthOf(part)))));
        }
        return XmlElement.of(PARTS, page);
    }

    private static XmlElement number(String name, long value) {
        return XmlElement.text(name, Long.toString(value));
    }
}
