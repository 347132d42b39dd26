package io.sealward.providers.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.Security;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalKeystoreTest {
    @TempDir
    Path directory;

    private Path file;

    @BeforeEach
    void name() {
        file = directory.resolve("keks.bcfks");
    }

    @Test
    void keysAndStatesOutliveTheProcess() throws LocalKeystoreException {
        try (LocalKeystore keystore = LocalKeystore.openOrCreate(file, password())) {
            keystore.createKey("a");
            keystore.createKey("b");
            keystore.rotate("a");
            keystore.destroyVersion("a", 1);
            keystore.disable("b");
        }
        try (LocalKeystore keystore = LocalKeystore.openOrCreate(file, password())) {
            assertThat(keystore.list())
                    .containsExactly(new LocalKey("a", true, versions(2)), new LocalKey("b", false, versions(1)));
        }
    }

    @Test
    void nothingWorksAfterClose() throws LocalKeystoreException {
        LocalKeystore keystore = LocalKeystore.openOrCreate(file, password());
        keystore.createKey("a");
        keystore.list();
        keystore.close();

        assertThatThrownBy(keystore::list).hasMessageContaining("is closed");
        assertThatThrownBy(() -> keystore.rotate("a")).hasMessageContaining("is closed");
        assertThatThrownBy(keystore::current).isInstanceOf(LocalKeystoreException.class);
    }

    @Test
    void aReplacedFileIsNoticedThoughItsSizeAndTimeAreTheSame() throws Exception {
        try (LocalKeystore keystore = LocalKeystore.openOrCreate(file, password())) {
            KeystoreFile marked = new KeystoreFile(file);
            KeystoreFile.Mark before = marked.mark();
            keystore.createKey("a");
            byte[] bytes = Files.readAllBytes(file);
            Files.setLastModifiedTime(file, before.modified());
            assertThat(marked.mark().identity()).isNotEqualTo(before.identity());

            Path twin = Files.write(directory.resolve("twin"), bytes);
            KeystoreFile.Mark same = marked.mark();
            Files.setLastModifiedTime(twin, same.modified());
            Files.move(twin, file, StandardCopyOption.ATOMIC_MOVE);
            assertThat(marked.mark()).isNotEqualTo(same);
        }
    }

    @Test
    void aWrongPasswordSaysSoAndDoesNotRepeatIt() throws LocalKeystoreException {
        LocalKeystore.openOrCreate(file, password()).close();

        assertThatThrownBy(() -> LocalKeystore.openOrCreate(file, "not this one".toCharArray()))
                .isInstanceOf(LocalKeystoreException.class)
                .hasMessageContaining("password is wrong")
                .hasMessageContaining(file.toString())
                .hasMessageNotContaining("not this one");
    }

    @Test
    void aChangedByteAnywhereIsNoticed() throws Exception {
        try (LocalKeystore keystore = quick()) {
            keystore.createKey("a");
        }
        byte[] bytes = Files.readAllBytes(file);
        for (int at = 0; at < bytes.length; at += 101) {
            byte[] changed = bytes.clone();
            changed[at] ^= 1;
            Files.write(file, changed);
            assertThatThrownBy(() -> LocalKeystore.open(file, password())).isInstanceOf(LocalKeystoreException.class);
        }
    }

    @Test
    void openMakesNoFile() {
        assertThatThrownBy(() -> LocalKeystore.open(file, password()))
                .isInstanceOf(LocalKeystoreException.class)
                .hasMessageContaining("cannot be read");
        assertThat(file).doesNotExist();
    }

    @Test
    void anEmptyPasswordIsRefused() {
        assertThatThrownBy(() -> LocalKeystore.openOrCreate(file, new char[0]))
                .hasMessage("A keystore needs a password.");
        assertThat(file).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a/1", "../x", "-a", "a b", "é"})
    void aNameThatCouldMeanSomethingElseIsRefused(String name) throws LocalKeystoreException {
        try (LocalKeystore keystore = quick()) {
            assertThatThrownBy(() -> keystore.createKey(name)).hasMessageContaining("names no key");
        }
    }

    @Test
    void nothingIsDoneTwiceOrToAKeyThatIsNotThere() throws LocalKeystoreException {
        try (LocalKeystore keystore = quick()) {
            keystore.createKey("a");
            assertThatThrownBy(() -> keystore.createKey("a")).hasMessageContaining("already has");
            assertThatThrownBy(() -> keystore.rotate("b")).hasMessageContaining("no key 'b'");
            assertThatThrownBy(() -> keystore.disable("b")).hasMessageContaining("no key 'b'");
            assertThatThrownBy(() -> keystore.enable("b")).hasMessageContaining("no key 'b'");
            assertThatThrownBy(() -> keystore.destroyVersion("a", 2)).hasMessageContaining("no version 2");
            assertThat(keystore.list()).containsExactly(new LocalKey("a", true, versions(1)));
        }
    }

    @Test
    void writersAtOnceLoseNothing() throws Exception {
        QuickKeystore.at(file, password());
        ExecutorService writers = Executors.newFixedThreadPool(4);
        List<Future<?>> running = new ArrayList<>();
        for (int writer = 0; writer < 4; writer++) {
            String name = "key-" + writer;
            running.add(writers.submit(() -> {
                try (LocalKeystore own = LocalKeystore.open(file, password())) {
                    own.createKey(name);
                    own.rotate(name);
                }
                return name;
            }));
        }
        for (Future<?> writer : running) {
            writer.get();
        }
        writers.shutdown();
        try (LocalKeystore keystore = LocalKeystore.open(file, password())) {
            assertThat(keystore.list()).hasSize(4).allMatch(key -> key.versions()
                    .equals(versions(1, 2)));
        }
    }

    @Test
    void theProcessKeepsItsProviders() throws LocalKeystoreException {
        LocalKeystore.openOrCreate(file, password()).close();
        assertThat(Security.getProvider("BC")).isNull();
    }

    private LocalKeystore quick() throws LocalKeystoreException {
        return LocalKeystore.open(QuickKeystore.at(file, password()), password());
    }

    private static char[] password() {
        return "correct horse".toCharArray();
    }

    private static SortedSet<Integer> versions(Integer... numbers) {
        return new TreeSet<>(List.of(numbers));
    }
}
