package io.sealward.it.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.S3Client;

/** The README's table, which the gateway's own tests hold against its code, knows each operation that the AWS SDK has. */
class EveryOperationTest {
    private static final Pattern ROW =
            Pattern.compile("^\\| ([A-Za-z, ]+) \\| (?:sealed|answered|forwarded|refused) \\|", Pattern.MULTILINE);
    private static final Pattern REQUEST = Pattern.compile("([A-Z]\\w*)Request");

    @Test
    void eachIsServedOrRefusedForAReason() throws IOException {
        Set<String> known = ROW.matcher(Files.readString(Path.of("..", "README.md")))
                .results()
                .map(row -> row.group(1))
                .flatMap(Pattern.compile(", ")::splitAsStream)
                .collect(Collectors.toSet());
        assertThat(known).contains("GetObject", "PutBucketAcl");
        known.add("ListObjectsV2"); // ListObjects, with a parameter
        assertThat(known).containsAll(operationsOfTheSdk());
    }

    private static Set<String> operationsOfTheSdk() {
        Set<String> names = new TreeSet<>();
        for (Method method : S3Client.class.getMethods()) {
            for (Class<?> parameter : method.getParameterTypes()) {
                REQUEST.matcher(parameter.getSimpleName())
                        .results()
                        .map(MatchResult::group)
                        .forEach(name -> names.add(name.replaceFirst("Request$", "")));
            }
        }
        assertThat(names).hasSizeGreaterThan(90);
        return names;
    }
}
