package io.sealward.gateway.registry.table;

/** An admin key at the one moment its token is known. */
public record NewAdminKey(AdminKey key, String token) {
    /** Without the token. */
    @Override
    public String toString() {
        return "NewAdminKey[" + key.id() + "]";
    }
}
