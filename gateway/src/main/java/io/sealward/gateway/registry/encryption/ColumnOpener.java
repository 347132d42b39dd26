package io.sealward.gateway.registry.encryption;

/** Says what stands in an encrypted column. */
@FunctionalInterface
public interface ColumnOpener {
    /**
     * The text of a value.
     *
     * @param row as {@link RowCipher} takes it
     * @throws io.sealward.gateway.registry.database.RegistryException as {@link RowCipher#open} does
     */
    String open(byte[] sealed, String... row);
}
