package io.sealward.gateway.registry.database;

/** Where a change of the registry is made, so that whoever answers from memory knows of it. */
public interface Changes {
    /**
     * Runs a change, alone, as {@link Database#change} does, and lets this gateway see it before the call returns, where the
     * database goes on answering. Blocks.
     *
     * @return what the work returned
     * @throws RegistryException if the database does not answer, or refuses; whatever the work throws undoes the change
     */
    <T> T change(Database.Work<T> work);
}
