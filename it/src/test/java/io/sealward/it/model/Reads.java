package io.sealward.it.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Steps that change nothing. */
final class Reads {
    /** What the embedded store lists of a PUT that is under way, or has just been broken off. */
    private static final Pattern UNFINISHED = Pattern.compile(".*-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private Reads() {}

    /** What of an object is asked for; numbers below zero are counted from its end. */
    record Span(Kind kind, int first, int last) {
        enum Kind {
            ALL,
            FROM_TO,
            FROM,
            SUFFIX,
            PART
        }

        /** The bytes, exclusive of {@code end}; empty for all of them. */
        record Bytes(int from, int end) {}

        /** @throws NoSuchElementException if the object has none of them */
        Optional<Bytes> of(Model.Version object) {
            int size = object.size();
            return switch (kind) {
                case ALL -> Optional.empty();
                case FROM_TO -> from(size) > to(size) ? Optional.empty() : within(from(size), to(size) + 1L, size);
                case FROM -> within(from(size), size, size);
                case SUFFIX -> within(Math.max(0, size - Math.abs((long) first)), size, first == 0 ? 0 : size);
                case PART -> part(object.parts());
            };
        }

        private static Optional<Bytes> within(long from, long end, int size) {
            if (from >= size) {
                throw new NoSuchElementException();
            }
            return Optional.of(new Bytes((int) from, (int) Math.min(end, size)));
        }

        private Optional<Bytes> part(List<Integer> lengths) {
            int number = Math.floorMod(first, lengths.size());
            int from = lengths.subList(0, number).stream()
                    .mapToInt(Integer::intValue)
                    .sum();
            return Optional.of(new Bytes(from, from + lengths.get(number)));
        }

        String header(int size) {
            return switch (kind) {
                case FROM_TO -> "bytes=" + from(size) + "-" + to(size);
                case FROM -> "bytes=" + from(size) + "-";
                case SUFFIX -> "bytes=-" + Math.abs((long) first);
                case ALL, PART -> throw new IllegalStateException();
            };
        }

        private int from(int size) {
            return first < 0 ? Math.max(0, size + first) : first;
        }

        private int to(int size) {
            return last < 0 ? Math.max(0, size + last) : last;
        }
    }

    record Get(int key, Span span, Condition condition) implements Step {
        @Override
        public void run(Bench bench) {
            Optional<Model.Version> current = bench.model().current(Bench.key(key));
            GetObjectRequest.Builder get =
                    GetObjectRequest.builder().bucket(bench.bucket()).key(Bench.key(key));
            condition.ifMatch(current).ifPresent(get::ifMatch);
            if (condition == Condition.IF_ABSENT) {
                get.ifNoneMatch(current.map(Model.Version::etag).orElse("\"e\""));
            }
            if (current.isEmpty()) {
                Bench.asked(404, () -> bench.client().getObjectAsBytes(get.build()));
                return;
            }
            Span asked = span.kind() == Span.Kind.PART && current.get().parts().isEmpty()
                    ? new Span(Span.Kind.ALL, 0, 0)
                    : span;
            if (asked.kind() == Span.Kind.PART) {
                get.partNumber(
                        1 + Math.floorMod(asked.first(), current.get().parts().size()));
            } else if (asked.kind() != Span.Kind.ALL) {
                get.range(asked.header(current.get().size()));
            }
            read(bench, get.build(), asked, current.get());
        }

        private void read(Bench bench, GetObjectRequest get, Span asked, Model.Version object) {
            Optional<Span.Bytes> bytes;
            int status = condition == Condition.IF_OTHER ? 412 : condition == Condition.IF_ABSENT ? 304 : 200;
            try {
                bytes = asked.of(object);
            } catch (NoSuchElementException e) {
                bytes = Optional.empty();
                status = status == 200 ? 416 : status;
            }
            Optional<ResponseBytes<GetObjectResponse>> answer =
                    Bench.asked(status, () -> bench.client().getObjectAsBytes(get));
            if (answer.isPresent()) {
                byte[] wanted = bytes.map(
                                span -> Arrays.copyOfRange(object.bytes().orElseThrow(), span.from(), span.end()))
                        .orElse(object.bytes().orElseThrow());
                assertThat(Arrays.equals(answer.get().asByteArray(), wanted)).isTrue();
                GetObjectResponse head = answer.get().response();
                assertThat(head.eTag()).isEqualTo(object.etag());
                assertThat(head.metadata()).isEqualTo(Map.of("note", object.note()));
                assertThat(head.contentType()).isEqualTo("text/note-" + object.note());
                assertThat(Optional.ofNullable(head.contentRange()))
                        .isEqualTo(bytes.filter(span -> span.end() > span.from())
                                .map(span -> "bytes " + span.from() + "-" + (span.end() - 1) + "/" + object.size()));
                if (asked.kind() == Span.Kind.PART) {
                    assertThat(head.partsCount()).isEqualTo(object.parts().size());
                }
            }
        }
    }

    record Head(int key) implements Step {
        @Override
        public void run(Bench bench) {
            Optional<Model.Version> current = bench.model().current(Bench.key(key));
            Optional<HeadObjectResponse> head = Bench.asked(current.isPresent() ? 200 : 404, () -> bench.client()
                    .headObject(r -> r.bucket(bench.bucket()).key(Bench.key(key))));
            head.ifPresent(told -> {
                Model.Version object = current.orElseThrow();
                assertThat(told.contentLength()).isEqualTo(object.size());
                assertThat(told.eTag()).isEqualTo(object.etag());
                assertThat(told.metadata()).isEqualTo(Map.of("note", object.note()));
                assertThat(told.versionId()).isEqualTo(bench.versions() ? object.id() : null);
            });
        }
    }

    /** Some version of a key, if it has any that is an object. */
    record GetVersion(int key, int version) implements Step {
        @Override
        public void run(Bench bench) {
            List<Model.Version> versions = bench.model().versions(Bench.key(key)).stream()
                    .filter(each -> each.bytes().isPresent())
                    .toList();
            if (bench.versions() && !versions.isEmpty()) {
                Model.Version object = versions.get(version % versions.size());
                ResponseBytes<GetObjectResponse> read = bench.client()
                        .getObjectAsBytes(r ->
                                r.bucket(bench.bucket()).key(Bench.key(key)).versionId(object.id()));
                assertThat(Arrays.equals(read.asByteArray(), object.bytes().orElseThrow()))
                        .isTrue();
                assertThat(read.response().eTag()).isEqualTo(object.etag());
            }
        }
    }

    /** All pages of a listing. */
    record List2(String prefix, String delimiter, int page) implements Step {
        @Override
        public void run(Bench bench) {
            Map<String, Model.Version> expected = new TreeMap<>();
            Set<String> folders = new TreeSet<>();
            for (String key : bench.model().keys()) {
                int cut = delimiter.isEmpty() ? -1 : key.indexOf(delimiter, prefix.length());
                if (key.startsWith(prefix) && cut >= 0) {
                    folders.add(key.substring(0, cut + 1));
                } else if (key.startsWith(prefix)) {
                    expected.put(key, bench.model().current(key).orElseThrow());
                }
            }
            Map<String, Long> sizes = new TreeMap<>();
            Map<String, String> etags = new TreeMap<>();
            Set<String> found = new TreeSet<>();
            for (ListObjectsV2Response each : bench.client().listObjectsV2Paginator(r -> r.bucket(bench.bucket())
                    .prefix(prefix)
                    .delimiter(delimiter.isEmpty() ? null : delimiter)
                    .maxKeys(page))) {
                assertThat(each.contents().size() + each.commonPrefixes().size())
                        .isLessThanOrEqualTo(page);
                for (S3Object object : each.contents()) {
                    if (!UNFINISHED.matcher(object.key()).matches()) {
                        sizes.put(object.key(), object.size());
                        etags.put(object.key(), object.eTag());
                    }
                }
                each.commonPrefixes().stream().map(CommonPrefix::prefix).forEach(found::add);
            }
            Map<String, Long> lengths = new TreeMap<>();
            Map<String, String> told = new TreeMap<>();
            expected.forEach((key, object) -> lengths.put(key, (long) object.size()));
            expected.forEach((key, object) -> told.put(key, object.etag()));
            assertThat(sizes).isEqualTo(lengths);
            assertThat(etags).isEqualTo(told);
            assertThat(found).containsAll(folders);
            if (!bench.hadSlowPuts()) {
                assertThat(found).isEqualTo(folders);
            }
        }
    }
}
