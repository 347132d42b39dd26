/**
 * Who the tenants are: organizations, external keys, projects, S3 credentials and bucket names, in an embedded H2
 * database or in PostgreSQL. The data path sees an immutable copy in memory and never waits for the database.
 */
package io.sealward.gateway.registry;
