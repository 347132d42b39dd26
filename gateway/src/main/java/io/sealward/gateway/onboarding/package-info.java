/** What a tenant runs once in its own cloud so that the gateway may use its key, generated with the tenant's ids. */
package io.sealward.gateway.onboarding;
