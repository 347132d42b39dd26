package io.sealward.it.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every class that a document names is there, with the member that it names: in the text in backquotes, in pictures always. */
class DocumentedClassesTest {
    private static final Path ROOT = Path.of("..");
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w*)$(.*?)^```$");
    private static final Pattern NAME = Pattern.compile("\\b([A-Z][a-z][A-Za-z0-9]*)(?:\\.(\\w+))?(?![\\w-])");
    private static final Pattern QUOTED = Pattern.compile("`" + NAME.pattern() + "`");
    private static final Pattern DECLARED = Pattern.compile("\\b(?:class|record|interface|enum) ([A-Z]\\w*)");

    /** Names of others: of Netty's classes, and of what AWS, its policies and its requests call theirs. */
    private static final Set<String> OTHERS = Set.of(
            "FlowControlHandler",
            "FlushConsolidationHandler",
            "PooledByteBufAllocator",
            "AssumeRoleWithWebIdentity",
            "BlockPublicPolicy",
            "CiphertextBlob",
            "Deny",
            "Effect",
            "ForAllValues",
            "ForAnyValue",
            "IfExists",
            "NotAction",
            "NotPrincipal",
            "NotResource",
            "Null",
            "PutBucketPolicy",
            "Resource",
            "RestrictPublicBuckets");

    private final Map<String, String> sources = new HashMap<>();

    DocumentedClassesTest() throws IOException {
        for (String module : List.of("crypto", "providers", "gateway", "it")) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src"))) {
                files.filter(file -> file.toString().endsWith(".java")).forEach(this::read);
            }
        }
    }

    private void read(Path file) {
        try {
            String source = Files.readString(file);
            DECLARED.matcher(source).results().forEach(found -> sources.merge(found.group(1), source, String::concat));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ARCHITECTURE.md", "SECURITY.md", "crypto/FORMAT.md"})
    void everyClassOfTheDocumentIsThere(String document) throws IOException {
        assertThat(missing(Files.readString(ROOT.resolve(document)))).isEmpty();
    }

    @Test
    void whatIsNotThereIsMissed() {
        String document = """
                `GetObject`, `StoreClients.on`, `NoSuchClass`, `GetObject.noSuchMember`, `GET`, `If-Match`, NotQuoted
                ```
                 GetObject ─▶ OfAPicture
                ```
                """;
        assertThat(missing(document)).containsExactly("GetObject.noSuchMember", "NoSuchClass", "OfAPicture");
    }

    private Set<String> missing(String document) {
        Set<String> missing = new TreeSet<>();
        Matcher blocks = BLOCK.matcher(document);
        blocks.results()
                .filter(block -> block.group(1).isEmpty()) // others are code of some language
                .forEach(picture -> addMissing(NAME.matcher(picture.group(2)), missing));
        addMissing(QUOTED.matcher(blocks.replaceAll("")), missing);
        return missing;
    }

    private void addMissing(Matcher names, Set<String> missing) {
        while (names.find()) {
            String source = sources.get(names.group(1));
            String member = names.group(2);
            boolean there = source != null
                    && (member == null
                            || Pattern.compile("\\b" + member + "\\b")
                                    .matcher(source)
                                    .find());
            if (!there && !OTHERS.contains(names.group(1))) {
                missing.add(member == null ? names.group(1) : names.group(1) + "." + member);
            }
        }
    }
}
