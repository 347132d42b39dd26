/**
 * The tables of the registry, a class each: what is read and changed of organizations and all that is theirs. Whatever talks
 * to the database blocks, and throws {@link io.sealward.gateway.registry.database.RegistryException}.
 */
package io.sealward.gateway.registry.table;
