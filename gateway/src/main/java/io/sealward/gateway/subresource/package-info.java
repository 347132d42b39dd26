/** The documents beside buckets and objects: each is passed on to the store, answered here, or taken where it says what is so. */
package io.sealward.gateway.subresource;
