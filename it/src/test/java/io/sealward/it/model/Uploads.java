package io.sealward.it.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealward.it.stack.Multipart;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/** Steps of uploads in parts. Each of two writers has one under way at most, so that those of one key can meet. */
final class Uploads {
    private Uploads() {}

    /** Begins anew; what the writer had under way is aborted. */
    record Begin(int writer, int key, int note) implements Step {
        @Override
        public void run(Bench bench) {
            new Abort(writer).run(bench);
            String id = bench.client()
                    .createMultipartUpload(r -> r.bucket(bench.bucket())
                            .key(Bench.key(key))
                            .contentType("text/note-" + note)
                            .metadata(Map.of("note", Integer.toString(note))))
                    .uploadId();
            bench.uploads().put(writer, new Bench.Upload(Bench.key(key), id, Integer.toString(note)));
        }
    }

    record Abort(int writer) implements Step {
        @Override
        public void run(Bench bench) {
            Bench.Upload upload = bench.uploads().remove(writer);
            if (upload != null) {
                bench.client()
                        .abortMultipartUpload(
                                r -> r.bucket(bench.bucket()).key(upload.key()).uploadId(upload.id()));
            }
        }
    }

    /** @param back how many parts before the next: a part is sent again */
    record Send(int writer, int back, Content content) implements Step {
        @Override
        public void run(Bench bench) {
            Bench.Upload upload = bench.uploads().get(writer);
            if (upload != null) {
                int number = Math.max(1, upload.parts().size() + 1 - back);
                byte[] bytes = content.bytes();
                String etag = bench.client()
                        .uploadPart(
                                r -> r.bucket(bench.bucket())
                                        .key(upload.key())
                                        .uploadId(upload.id())
                                        .partNumber(number),
                                RequestBody.fromBytes(bytes))
                        .eTag();
                upload.parts().put(number, new Bench.Part(bytes, etag));
            }
        }
    }

    /** A part that is a stretch of an object. */
    record SendCopy(int writer, int from, int first, int length) implements Step {
        @Override
        public void run(Bench bench) {
            Bench.Upload upload = bench.uploads().get(writer);
            Optional<Model.Version> source = bench.model().current(Bench.key(from));
            if (upload == null || source.isEmpty() || source.get().size() == 0) {
                return;
            }
            int start = first % source.get().size();
            int end = Math.min(source.get().size(), start + length);
            int number = upload.parts().size() + 1;
            String etag = bench.client()
                    .uploadPartCopy(r -> r.sourceBucket(bench.bucket())
                            .sourceKey(Bench.key(from))
                            .copySourceRange("bytes=" + start + "-" + (end - 1))
                            .destinationBucket(bench.bucket())
                            .destinationKey(upload.key())
                            .uploadId(upload.id())
                            .partNumber(number))
                    .copyPartResult()
                    .eTag();
            byte[] bytes = Arrays.copyOfRange(source.get().bytes().orElseThrow(), start, end);
            upload.parts().put(number, new Bench.Part(bytes, etag));
        }
    }

    record Parts(int writer) implements Step {
        @Override
        public void run(Bench bench) {
            Bench.Upload upload = bench.uploads().get(writer);
            if (upload != null) {
                Map<Integer, Long> sizes = new TreeMap<>();
                bench.client()
                        .listParts(
                                r -> r.bucket(bench.bucket()).key(upload.key()).uploadId(upload.id()))
                        .parts()
                        .forEach(part -> sizes.put(part.partNumber(), part.size()));
                Map<Integer, Long> sent = new TreeMap<>();
                upload.parts().forEach((number, part) -> sent.put(number, (long) part.bytes().length));
                sent.keySet().removeIf(number -> number > 1 && sent.get(number) == 0); // as ARCHITECTURE.md has it
                assertThat(sizes).isEqualTo(sent);
            }
        }
    }

    /** With all parts; where one that is not the last is too small, the upload stays. */
    record Complete(int writer) implements Step {
        @Override
        public void run(Bench bench) {
            Bench.Upload upload = bench.uploads().get(writer);
            if (upload == null || upload.parts().isEmpty()) {
                return;
            }
            List<CompletedPart> list = new ArrayList<>();
            List<byte[]> bytes = new ArrayList<>();
            upload.parts().forEach((number, part) -> {
                list.add(CompletedPart.builder()
                        .partNumber(number)
                        .eTag(part.etag())
                        .build());
                bytes.add(part.bytes());
            });
            List<Integer> lengths = bytes.stream().map(part -> part.length).toList();
            boolean tooSmall = lengths.subList(0, lengths.size() - 1).stream()
                    .anyMatch(length -> length < Multipart.SMALLEST_PART_BYTES);
            Bench.asked(tooSmall ? 400 : 200, () -> bench.client().completeMultipartUpload(r -> r.bucket(bench.bucket())
                            .key(upload.key())
                            .uploadId(upload.id())
                            .multipartUpload(m -> m.parts(list))))
                    .ifPresent(done -> {
                        bench.uploads().remove(writer);
                        bench.wrote(
                                upload.key(),
                                done.versionId(),
                                Multipart.concat(bytes),
                                lengths,
                                done.eTag(),
                                upload.note());
                    });
        }
    }
}
