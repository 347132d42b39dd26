/** What a tenant runs once in its own cloud so that the gateway may use its key; each provider makes its own. */
package io.sealward.gateway.onboarding;
