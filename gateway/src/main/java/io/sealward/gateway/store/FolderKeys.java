package io.sealward.gateway.store;

/**
 * What a store keeps under keys that end in {@code /}, which clients write to show folders. Some stores make directories of
 * them, and drop their bodies, or their metadata as well.
 */
public enum FolderKeys {
    /** Perhaps not more than that they are there. Nothing but empty objects is written under them. */
    MARKERS,
    /** All, as under any other key. */
    OBJECTS;

    /** Whether it is a key of this kind. */
    public static boolean include(String key) {
        return key.endsWith("/");
    }
}
