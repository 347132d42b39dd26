/**
 * What stands before a provider's first call: the operator's configuration of it, and the material that a tenant runs in its
 * own cloud.
 */
package io.sealward.providers.setup;
