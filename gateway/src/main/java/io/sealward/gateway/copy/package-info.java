/** Copies: by the store under a new seal where one KEK seals both, else opened and sealed anew on the way through. */
package io.sealward.gateway.copy;
