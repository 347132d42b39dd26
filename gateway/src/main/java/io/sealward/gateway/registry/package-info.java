/**
 * Who the tenants are: organizations, external keys, projects, S3 credentials and bucket names, in an embedded H2
 * database or in PostgreSQL. {@code table} reads and changes what is stored, {@code snapshot} is what the data path sees of it,
 * {@code encryption} keeps its secrets, {@code database} is the connection.
 */
package io.sealward.gateway.registry;
