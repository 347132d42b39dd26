/** The database of the registry, H2 or PostgreSQL: connections, migrations, transactions, pages of a list. */
package io.sealward.gateway.registry.database;
