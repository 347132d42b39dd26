/** KEKs in Azure Key Vault, reached as a multi-tenant application. */
package io.sealward.providers.azure;
