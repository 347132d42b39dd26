/** What of the registry is encrypted at rest: single columns, and the change of the key that they are under. */
package io.sealward.gateway.registry.encryption;
