package io.sealward.gateway.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealward.crypto.key.SealException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TargetFolderTest {
    private static final Instant MODIFIED = Instant.parse("2026-01-02T03:04:05Z");

    @TempDir
    Path outer;

    private TargetFolder target;

    @BeforeEach
    void within() {
        target = new TargetFolder(outer.resolve("target"));
    }

    @ParameterizedTest
    @CsvSource({
        "a/b ü, a/b ü",
        "../../x, %2E%2E/%2E%2E/x",
        "a/../../../x, a/%2E%2E/%2E%2E/%2E%2E/x",
        "/etc/passwd, %/etc/passwd",
        "a//b, a/%/b",
        "./a, %2E/a",
        "%2E%2E/x, %252E%252E/x",
        "..\\x, ..%5Cx",
        "'a\nb\u0001c\u007fd', a%0Ab%01c%7Fd",
        "..., ...",
    })
    void everyKeyHasAFileOfItsOwnInTheFolder(String key, String file) throws Exception {
        target.write(key, MODIFIED, out -> out.write(1));

        assertThat(target.folder().resolve(file)).hasBinaryContent(new byte[] {1});
        assertThat(target.holds(key, MODIFIED)).isTrue();
        assertThat(target.holds(key, MODIFIED.plusSeconds(1))).isFalse();
        assertThat(outer).isDirectoryContaining("glob:**/target").isDirectoryNotContaining("glob:**/{x,passwd}");
    }

    @Test
    void nothingIsReplaced() throws Exception {
        target.write("a", MODIFIED, out -> out.write(1));

        assertThatThrownBy(() -> target.write("a", MODIFIED, out -> out.write(2)))
                .isInstanceOf(RecoveryException.class);
        assertThatThrownBy(() -> target.write("a/b", MODIFIED, out -> out.write(2)))
                .isInstanceOf(RecoveryException.class);
        assertThat(target.folder().resolve("a")).hasBinaryContent(new byte[] {1});
    }

    @Test
    void whatAStoreListsWithMillisecondsIsWhatItGaveWithout() throws Exception {
        target.write("a", MODIFIED, out -> out.write(1));

        assertThat(target.holds("a", MODIFIED.plusMillis(678))).isTrue();
    }

    @Test
    void aFileIsNotWrittenWhereAFolderIs() throws Exception {
        target.write("a/b", MODIFIED, out -> out.write(1));

        assertThatThrownBy(() -> target.write("a", MODIFIED, out -> out.write(2)))
                .isInstanceOf(RecoveryException.class);
    }

    @Test
    void whatFailsHalfwayLeavesNothing() {
        assertThatThrownBy(() -> target.write("a", MODIFIED, out -> {
                    out.write(1);
                    throw new SealException.Tampered("planted");
                }))
                .isInstanceOf(SealException.Tampered.class);

        assertThat(target.folder()).isEmptyDirectory();
    }

    @Test
    void aKeyThatShowsAFolderBecomesOneUnlessItHasContent() throws IOException, SealException {
        target.write("empty/", MODIFIED, out -> {});
        target.write("full/", MODIFIED, out -> out.write(1));

        assertThat(target.folder().resolve("empty")).isEmptyDirectory();
        assertThat(target.folder().resolve("full/%")).hasBinaryContent(new byte[] {1});
    }
}
