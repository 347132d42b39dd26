/** Object keys: the DEK, the secret that wraps it, and what binds both to one object. */
package io.sealward.crypto.key;
