/** The transit engine and the logins of Vault, as far as the gateway uses them, with the rules enforced. */
package io.sealward.it.cloud.vault;
