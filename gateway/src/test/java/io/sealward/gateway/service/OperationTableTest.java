package io.sealward.gateway.service;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.sealward.crypto.seal.Layout;
import io.sealward.gateway.bucket.BucketOperations;
import io.sealward.gateway.copy.CopyOperations;
import io.sealward.gateway.document.Documents;
import io.sealward.gateway.multipart.MultipartOperations;
import io.sealward.gateway.object.ObjectOperations;
import io.sealward.gateway.object.PartLayouts;
import io.sealward.gateway.policy.Decision;
import io.sealward.gateway.policy.Policy;
import io.sealward.gateway.request.Declaration;
import io.sealward.gateway.request.Operation;
import io.sealward.gateway.request.Rights;
import io.sealward.gateway.request.Treatment;
import io.sealward.gateway.subresource.SubResourceOperations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The README's table of operations is what the operations declare. */
class OperationTableTest {
    private static final String HEAD = "| S3 operation | here | |\n|---|---|---|\n";

    private final List<Declaration> served =
            operations().map(Operation::declaration).toList();

    /** As they are declared: none is called, so that they need nothing. */
    static Stream<Operation> operations() {
        Documents documents = new Documents(null, null);
        PartLayouts layouts = new PartLayouts(null);
        return Stream.of(
                        ObjectOperations.all(null, null, layouts, null, null),
                        MultipartOperations.all(null, documents, null, layouts, Layout.PARTS, null),
                        BucketOperations.all(documents, null),
                        SubResourceOperations.all(documents, null, null),
                        CopyOperations.all(null, documents, null, layouts, null, null))
                .flatMap(List::stream);
    }

    @Test
    void theReadmeSaysWhatTheOperationsDeclare() throws IOException {
        String readme = Files.readString(Path.of("..", "README.md"));
        int start = readme.indexOf(HEAD);
        assertThat(start).as("the table in README.md").isNotNegative();
        assertThat(readme.substring(start, readme.indexOf("\n\n", start) + 1)).isEqualTo(table());
    }

    @Test
    void noOperationIsBothServedAndRefusedAndNoneIsTwice() {
        List<String> names =
                new ArrayList<>(served.stream().map(Declaration::name).toList());
        RefusedOperation.ALL.forEach(refused -> names.add(refused.name()));
        assertThat(names).doesNotHaveDuplicates();
    }

    @Test
    void eachSaysWhichRightsItNeeds() {
        assertThat(served).allSatisfy(operation -> assertThat(Stream.concat(
                        Stream.of(
                                operation.rights().action(), operation.rights().ofVersion()),
                        operation.rights().byHeader().values().stream()
                                .flatMap(more -> Stream.of(more.name(), more.ofVersion()))))
                .allMatch(OperationTableTest::canBeAllowed));
        assertThat(served.stream()
                        .filter(operation -> operation.rights().scope() == Rights.Scope.PROJECT)
                        .map(Declaration::name))
                .containsExactly("ListBuckets", "CreateBucket");
    }

    /** Whether a policy can name it; {@code s3:} and a name. */
    private static boolean canBeAllowed(String action) {
        Policy policy = Policy.parse(
                "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Resource\":\"*\",\"Action\":\""
                        + action + "\"}}",
                "user");
        return policy.decide(action, "*", key -> Optional.empty()) == Decision.ALLOWED;
    }

    private String table() {
        Map<List<String>, List<String>> rows = new LinkedHashMap<>();
        served.stream()
                .sorted(Comparator.comparing(operation -> operation.treatment().kind()))
                .forEach(operation -> add(
                        rows,
                        operation.name(),
                        word(operation.treatment().kind()),
                        operation.treatment().remark()));
        RefusedOperation.ALL.forEach(operation -> add(rows, operation.name(), "refused", operation.reason()));
        return rows.entrySet().stream()
                .map(row ->
                        "| " + String.join(", ", row.getValue()) + " | " + String.join(" | ", row.getKey()) + " |\n")
                .collect(joining("", HEAD, ""));
    }

    private static void add(Map<List<String>, List<String>> rows, String name, String kind, String remark) {
        rows.computeIfAbsent(List.of(kind, remark), row -> new ArrayList<>()).add(name);
    }

    private static String word(Treatment.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }
}
