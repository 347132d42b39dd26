/** KEKs in the transit engine of HashiCorp Vault or OpenBao, reached with a role of the tenant's own. */
package io.sealward.providers.vault;
