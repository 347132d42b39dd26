package io.sealward.providers;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.SortedMap;

/** Where one external key lives and how to reach it; nothing in it is secret. Made by {@link KmsProvider#parse}. */
public interface KeySpec {
    /** The provider's, {@link KmsProvider#type()}. */
    String type();

    /** The values as the management API names them; those that were not given are left out. */
    SortedMap<String, String> fields();

    /** The same for two registrations of the same KEK, however they spell it. */
    String kek();

    /** Whom the key was set up for: an organization or, where the provider can tell, one of its projects. */
    Owner owner();

    /** The one project that the key was set up for; empty if it is for a whole organization. */
    default Optional<String> project() {
        return Optional.of(owner().id()).filter(id -> id.startsWith("proj_"));
    }

    /**
     * This spec in its provider's own form.
     *
     * @throws IllegalArgumentException if it is another provider's
     */
    default <S extends KeySpec> S as(Class<S> own) {
        if (!own.isInstance(this)) {
            throw new IllegalArgumentException("a key of type " + type());
        }
        return own.cast(this);
    }

    /**
     * Whom the registration itself names.
     *
     * @param field the field that does
     * @param id an {@code org-...} or {@code proj_...}
     * @param place where the field has the id: the end of a sentence that begins with the expected id
     */
    record Owner(String field, String id, String place) {
        public Owner {
            requireNonNull(field, "field");
            requireNonNull(id, "id");
            requireNonNull(place, "place");
        }

        /** The field's whole value. */
        public static Owner inField(String field, String id) {
            return new Owner(field, id, " or the id of one of its projects.");
        }

        /** The beginning of a name, {@code org-...--...}: for providers that bind a key to an organization by its name alone. */
        public static Owner inName(String field, String name) {
            return new Owner(field, name.substring(0, name.indexOf("--")), " in front of '--'.");
        }
    }
}
