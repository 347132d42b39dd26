package io.sealward.gateway.loopback;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Enough of S3 for whole objects, ranges, conditions and multipart uploads, in memory. */
public final class MemoryObjects implements LoopbackStore.Script {
    private static final Pattern RANGE = Pattern.compile("bytes=(\\d*)-(\\d*)");

    /** An object as it is stored, under an ETag of its bytes unless its headers tell another. */
    @SuppressWarnings("ArrayRecordComponent") // carried, never compared
    public record Stored(Map<String, String> headers, byte[] bytes) {
        public String etag() {
            return headers.getOrDefault("etag", '"' + md5(bytes) + '"');
        }
    }

    private record Upload(Map<String, String> headers, TreeMap<Integer, Stored> parts) {}

    /** How it copies. */
    private enum Copies {
        /** Under the condition that it is given; equal bytes have equal ETags. */
        HONEST,
        /** Whatever is there; no two copies have one ETag, and their ETags are of the kind that parts make. */
        HEEDLESS
    }

    private final boolean tellsCompleted;
    private final Copies copies;
    private final ConcurrentMap<String, Stored> objects = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, Upload> uploads = new ConcurrentHashMap<>();
    private final AtomicInteger ids = new AtomicInteger();

    public MemoryObjects() {
        this(true, Copies.HONEST);
    }

    private MemoryObjects(boolean tellsCompleted, Copies copies) {
        this.tellsCompleted = tellsCompleted;
        this.copies = copies;
    }

    /** Answers a Complete without the ETag of what it made, as Ceph 16 does. */
    public static MemoryObjects silentOnCompletion() {
        return new MemoryObjects(false, Copies.HONEST);
    }

    /** Copies what is there, whatever it is asked for, as Ceph 16 does, and gives copies other ETags, as AWS may. */
    public static MemoryObjects heedlessOfSources() {
        return new MemoryObjects(true, Copies.HEEDLESS);
    }

    /** By path, as {@code /bucket/key}; null if there is none. */
    public Stored get(String path) {
        return objects.get(path);
    }

    public void put(String path, Stored stored) {
        objects.put(path, stored);
    }

    public void change(String path, UnaryOperator<Stored> change) {
        objects.computeIfPresent(path, (p, stored) -> change.apply(stored));
    }

    @Override
    public void answer(LoopbackStore.Call call) throws IOException {
        String[] target = call.target().split("\\?", 2);
        Map<String, String> query = new TreeMap<>();
        if (target.length > 1) {
            for (String pair : target[1].split("&")) {
                String[] parts = pair.split("=", 2);
                query.put(parts[0], parts.length > 1 ? parts[1] : "");
            }
        }
        if (query.containsKey("uploads") || query.containsKey("uploadId")) {
            multipart(call, target[0], query);
            return;
        }
        switch (call.method()) {
            case "PUT" -> {
                if (call.headers().containsKey("x-amz-copy-source")) {
                    copy(call, target[0]);
                    return;
                }
                Stored stored = new Stored(kept(call), call.body());
                objects.put(target[0], stored);
                call.respond(200, Map.of("etag", stored.etag()), new byte[0]);
            }
            case "DELETE" -> {
                objects.remove(target[0]);
                call.respond(204, Map.of(), new byte[0]);
            }
            default -> read(call, objects.get(target[0]));
        }
    }

    private void copy(LoopbackStore.Call call, String path) throws IOException {
        Stored source = objects.get(call.headers().get("x-amz-copy-source"));
        if (source == null) {
            call.error(404, "NoSuchKey");
            return;
        }
        String wanted = call.headers().getOrDefault("x-amz-copy-source-if-match", source.etag());
        if (copies == Copies.HONEST && !wanted.equals(source.etag())) {
            call.error(412, "PreconditionFailed");
            return;
        }
        Map<String, String> kept = kept(call);
        if (copies == Copies.HEEDLESS) {
            kept.put("etag", "\"copy" + ids.incrementAndGet() + "-1\"");
        }
        Stored stored = new Stored(kept, source.bytes());
        objects.put(path, stored);
        xml(
                call,
                "<CopyObjectResult><LastModified>2026-01-02T03:04:05.000Z</LastModified><ETag>" + stored.etag()
                        + "</ETag></CopyObjectResult>");
    }

    private static void read(LoopbackStore.Call call, Stored stored) throws IOException {
        boolean head = call.method().equals("HEAD");
        if (stored == null) {
            if (head) {
                call.respond(404, Map.of(), new byte[0]);
            } else {
                call.error(404, "NoSuchKey");
            }
            return;
        }
        if (!call.headers().getOrDefault("if-match", stored.etag()).equals(stored.etag())) {
            call.error(412, "PreconditionFailed");
            return;
        }
        Map<String, String> headers = new TreeMap<>(stored.headers());
        headers.put("etag", stored.etag());
        int total = stored.bytes().length;
        String range = call.headers().get("range");
        if (range == null || head) {
            headers.put("content-length", Integer.toString(total));
            call.respond(200, headers, head ? new byte[0] : stored.bytes());
            return;
        }
        Matcher matcher = RANGE.matcher(range);
        matcher.matches();
        boolean suffix = matcher.group(1).isEmpty();
        long from = suffix ? Math.max(0, total - Long.parseLong(matcher.group(2))) : Long.parseLong(matcher.group(1));
        long to = suffix || matcher.group(2).isEmpty()
                ? total - 1
                : Math.min(total - 1, Long.parseLong(matcher.group(2)));
        if (from > to) {
            call.error(416, "InvalidRange");
            return;
        }
        headers.put("content-range", "bytes " + from + "-" + to + "/" + total);
        call.respond(206, headers, Arrays.copyOfRange(stored.bytes(), (int) from, (int) to + 1));
    }

    private void multipart(LoopbackStore.Call call, String path, Map<String, String> query) throws IOException {
        if (query.containsKey("uploads")) {
            String id = "upload" + ids.incrementAndGet();
            uploads.put(id, new Upload(kept(call), new TreeMap<>()));
            xml(call, "<InitiateMultipartUploadResult><UploadId>" + id + "</UploadId></InitiateMultipartUploadResult>");
            return;
        }
        Upload upload = uploads.get(query.get("uploadId"));
        byte[] body = call.body();
        if (upload == null) {
            call.error(404, "NoSuchUpload");
            return;
        }
        switch (call.method()) {
            case "PUT" -> {
                Stored part = new Stored(Map.of(), body);
                upload.parts().put(Integer.parseInt(query.get("partNumber")), part);
                call.respond(200, Map.of("etag", part.etag()), new byte[0]);
            }
            case "GET" -> {
                StringBuilder list = new StringBuilder("<ListPartsResult><IsTruncated>false</IsTruncated>");
                upload.parts()
                        .forEach((number, part) -> list.append("<Part><PartNumber>" + number + "</PartNumber><ETag>"
                                + part.etag() + "</ETag><Size>" + part.bytes().length + "</Size></Part>"));
                xml(call, list.append("</ListPartsResult>").toString());
            }
            case "POST" -> {
                ByteArrayOutputStream whole = new ByteArrayOutputStream();
                Matcher wanted = Pattern.compile("<PartNumber>(\\d+)<").matcher(new String(body, UTF_8));
                while (wanted.find()) {
                    whole.writeBytes(upload.parts()
                            .get(Integer.parseInt(wanted.group(1)))
                            .bytes());
                }
                Stored stored = new Stored(upload.headers(), whole.toByteArray());
                objects.put(path, stored);
                uploads.remove(query.get("uploadId"));
                xml(
                        call,
                        "<CompleteMultipartUploadResult><ETag>" + (tellsCompleted ? stored.etag() : "")
                                + "</ETag></CompleteMultipartUploadResult>");
            }
            default -> {
                uploads.remove(query.get("uploadId"));
                call.respond(204, Map.of(), new byte[0]);
            }
        }
    }

    private static void xml(LoopbackStore.Call call, String document) throws IOException {
        call.respond(200, Map.of("content-type", "application/xml"), document.getBytes(UTF_8));
    }

    private static Map<String, String> kept(LoopbackStore.Call call) {
        Map<String, String> kept = new TreeMap<>();
        call.headers().forEach((name, value) -> {
            if (name.startsWith("x-amz-meta-") || name.equals("content-type")) {
                kept.put(name, value);
            }
        });
        return kept;
    }

    private static String md5(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
