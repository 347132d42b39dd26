package io.sealward.it.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.DeletedObject;
import software.amazon.awssdk.services.s3.model.MetadataDirective;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;

/** Steps that take effect at once. */
final class Writes {
    private Writes() {}

    record Put(int key, Content content, int note, Condition condition) implements Step {
        @Override
        public void run(Bench bench) {
            String name = Bench.key(key);
            Optional<Model.Version> current = bench.model().current(name);
            PutObjectRequest.Builder put = PutObjectRequest.builder()
                    .bucket(bench.bucket())
                    .key(name)
                    .contentType("text/note-" + note)
                    .metadata(Map.of("note", Integer.toString(note)));
            if (condition == Condition.IF_ABSENT) {
                put.ifNoneMatch("*");
            }
            condition.ifMatch(current).ifPresent(put::ifMatch);
            byte[] bytes = content.bytes();
            int status = condition.ofWrite(current);
            if (status == 200) {
                PutObjectResponse done = bench.client().putObject(put.build(), RequestBody.fromBytes(bytes));
                bench.wrote(name, done.versionId(), bytes, List.of(), done.eTag(), Integer.toString(note));
            } else { // a store that closes before it has the body may be heard of, or not
                Bench.refused(() -> bench.client().putObject(put.build(), RequestBody.fromBytes(bytes)), status, 503);
            }
        }
    }

    /** @param note of the copy; none to keep the source's */
    record Copy(int from, int to, Optional<Integer> note, Condition condition) implements Step {
        @Override
        public void run(Bench bench) {
            Optional<Model.Version> source = bench.model().current(Bench.key(from));
            CopyObjectRequest.Builder copy = CopyObjectRequest.builder()
                    .sourceBucket(bench.bucket())
                    .sourceKey(Bench.key(from))
                    .destinationBucket(bench.bucket())
                    .destinationKey(Bench.key(to));
            note.ifPresent(other -> copy.metadataDirective(MetadataDirective.REPLACE)
                    .contentType("text/note-" + other)
                    .metadata(Map.of("note", Integer.toString(other))));
            condition.ifMatch(source).ifPresent(copy::copySourceIfMatch);
            if (condition == Condition.IF_ABSENT) {
                copy.copySourceIfNoneMatch(source.map(Model.Version::etag).orElse("\"e\""));
            }
            Bench.asked(status(source), () -> bench.client().copyObject(copy.build()))
                    .ifPresent(done -> bench.wrote(
                            Bench.key(to),
                            done.versionId(),
                            source.orElseThrow().bytes().orElseThrow(),
                            List.of(),
                            done.copyObjectResult().eTag(),
                            note.map(other -> Integer.toString(other))
                                    .orElse(source.orElseThrow().note())));
        }

        private int status(Optional<Model.Version> source) {
            if (from == to && note.isEmpty()) {
                return 400;
            }
            if (source.isEmpty()) {
                return 404;
            }
            return condition == Condition.NONE || condition == Condition.IF_CURRENT ? 200 : 412;
        }
    }

    record Delete(int key) implements Step {
        @Override
        public void run(Bench bench) {
            String marker = bench.client()
                    .deleteObject(r -> r.bucket(bench.bucket()).key(Bench.key(key)))
                    .versionId();
            bench.model().delete(Bench.key(key), bench.versions() ? marker : "");
        }
    }

    /** Some version of a key, if it has any. */
    record DeleteVersion(int key, int version) implements Step {
        @Override
        public void run(Bench bench) {
            String name = Bench.key(key);
            List<Model.Version> versions = bench.model().versions(name);
            if (bench.versions() && !versions.isEmpty()) {
                String id = versions.get(version % versions.size()).id();
                bench.client()
                        .deleteObject(r -> r.bucket(bench.bucket()).key(name).versionId(id));
                bench.model().deleteVersion(name, id);
            }
        }
    }

    record DeleteMany(List<Integer> keys) implements Step {
        @Override
        public void run(Bench bench) {
            List<ObjectIdentifier> list = keys.stream()
                    .distinct()
                    .map(key -> ObjectIdentifier.builder().key(Bench.key(key)).build())
                    .toList();
            DeleteObjectsResponse done =
                    bench.client().deleteObjects(r -> r.bucket(bench.bucket()).delete(d -> d.objects(list)));
            assertThat(done.errors()).isEmpty();
            assertThat(done.deleted().stream().map(DeletedObject::key))
                    .containsExactlyInAnyOrderElementsOf(
                            list.stream().map(ObjectIdentifier::key).toList());
            for (DeletedObject deleted : done.deleted()) {
                bench.model().delete(deleted.key(), bench.versions() ? deleted.deleteMarkerVersionId() : "");
            }
        }
    }
}
