/** Opens registered keys at their providers: from the registry's specs to KEKs. */
package io.sealward.gateway.cloud;
