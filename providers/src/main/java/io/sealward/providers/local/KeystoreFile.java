package io.sealward.providers.local;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.Provider;
import java.time.Duration;
import java.util.Set;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/** The file behind a keystore: read whole, replaced whole, by one writer at a time across processes. */
final class KeystoreFile {
    private static final Duration LOCK_PATIENCE = Duration.ofMinutes(1);
    private static final long LOCK_PAUSE_MILLIS = 20;

    /** Asked for directly and never registered: the process's list of providers is not ours to change. */
    private final Provider bouncyCastle = new BouncyCastleProvider();

    private final Path path;

    KeystoreFile(Path path) {
        this.path = path.toAbsolutePath();
    }

    Path path() {
        return path;
    }

    /** Changes whenever the file is replaced or written. */
    record Mark(FileTime modified, long bytes, String identity) {}

    boolean exists() {
        return Files.exists(path);
    }

    Mark mark() throws LocalKeystoreException {
        try {
            BasicFileAttributes now = Files.readAttributes(path, BasicFileAttributes.class);
            return new Mark(now.lastModifiedTime(), now.size(), String.valueOf(now.fileKey()));
        } catch (IOException unreadable) {
            throw unreadable(unreadable);
        }
    }

    KeyStore read(char[] password) throws LocalKeystoreException {
        try {
            KeyStore keys = empty();
            keys.load(new ByteArrayInputStream(Files.readAllBytes(path)), password);
            return keys;
        } catch (NoSuchFileException missing) {
            throw unreadable(missing);
        } catch (IOException | GeneralSecurityException | RuntimeException refused) {
            // Bouncy Castle cannot tell a wrong password from a changed byte: either way the MAC differs.
            throw new LocalKeystoreException(
                    "The keystore " + path + " does not open: the password is wrong, or the file is damaged or no BCFKS"
                            + " keystore.",
                    refused);
        }
    }

    KeyStore empty() throws LocalKeystoreException {
        try {
            KeyStore keys = KeyStore.getInstance("BCFKS", bouncyCastle);
            keys.load(null, null);
            return keys;
        } catch (IOException | GeneralSecurityException impossible) {
            throw new LocalKeystoreException("No BCFKS keystore can be made.", impossible);
        }
    }

    /** Replaces the file in one step, readable by its owner alone; a crash leaves the old one or the new one. */
    void replace(KeyStore keys, char[] password) throws LocalKeystoreException {
        Path fresh = path.resolveSibling(path.getFileName() + ".new");
        try {
            ByteArrayOutputStream sealed = new ByteArrayOutputStream();
            keys.store(sealed, password);
            Files.deleteIfExists(fresh);
            try (FileChannel out = FileChannel.open(fresh, Set.of(CREATE_NEW, WRITE), ownerOnly())) {
                ByteBuffer rest = ByteBuffer.wrap(sealed.toByteArray());
                while (rest.hasRemaining()) {
                    out.write(rest);
                }
                out.force(true);
            }
            Files.move(fresh, path, ATOMIC_MOVE);
            try (FileChannel directory = FileChannel.open(path.getParent(), READ)) {
                directory.force(true);
            }
        } catch (IOException | GeneralSecurityException failed) {
            throw new LocalKeystoreException("The keystore " + path + " cannot be written: " + failed, failed);
        }
    }

    /** Acts once no other writer, of this process or another, holds the keystore. */
    <T> T exclusively(Action<T> action) throws LocalKeystoreException {
        Path guard = path.resolveSibling(path.getFileName() + ".lock");
        Set<OpenOption> options = Set.of(CREATE, WRITE);
        try (FileChannel channel = FileChannel.open(guard, options, ownerOnly())) {
            long giveUp = System.nanoTime() + LOCK_PATIENCE.toNanos();
            while (!held(channel)) {
                if (System.nanoTime() > giveUp) {
                    throw new LocalKeystoreException("Another process keeps the keystore " + path + " locked.");
                }
                Thread.sleep(LOCK_PAUSE_MILLIS);
            }
            return action.run();
        } catch (LocalKeystoreException failed) {
            throw failed;
        } catch (IOException | GeneralSecurityException failed) {
            throw new LocalKeystoreException("The keystore " + path + " cannot be changed: " + failed, failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new LocalKeystoreException("Interrupted while waiting for the keystore " + path + ".", interrupted);
        }
    }

    /** What a writer does while it is the only one. */
    @FunctionalInterface
    interface Action<T> {
        T run() throws IOException, GeneralSecurityException;
    }

    private static boolean held(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException heldInThisProcess) {
            return false;
        }
    }

    private static FileAttribute<?> ownerOnly() {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    }

    private LocalKeystoreException unreadable(IOException cause) {
        return new LocalKeystoreException("The keystore " + path + " cannot be read: " + cause, cause);
    }
}
