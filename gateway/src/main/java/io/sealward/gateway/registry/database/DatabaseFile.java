package io.sealward.gateway.registry.database;

import io.sealward.gateway.registry.database.RegistryException.Reason;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * The file of the embedded database, made as its owner's alone before the database opens it: it holds the names and ids of
 * everybody. The database keeps no other file beside it.
 */
final class DatabaseFile {
    private static final Set<PosixFilePermission> OWNERS_FILE = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> OWNERS_FOLDER = PosixFilePermissions.fromString("rwx------");

    private DatabaseFile() {}

    /** Makes the file, and its folder, if they are not there; takes from others what they may do with a file that is. */
    static void makeOwnersOnly(Path file) {
        if (!file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return;
        }
        try {
            Files.createDirectories(
                    file.toAbsolutePath().getParent(), PosixFilePermissions.asFileAttribute(OWNERS_FOLDER));
            make(file);
        } catch (IOException e) {
            throw new RegistryException(Reason.UNAVAILABLE, "the registry's file cannot be made: " + e, e);
        }
    }

    private static void make(Path file) throws IOException {
        try {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(OWNERS_FILE));
        } catch (FileAlreadyExistsException before) {
            Files.setPosixFilePermissions(file, OWNERS_FILE);
        }
    }
}
