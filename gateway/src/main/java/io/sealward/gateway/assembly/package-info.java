/** Puts together what the configuration asks for: tenants, identities at the clouds, sockets and event loops. */
package io.sealward.gateway.assembly;
