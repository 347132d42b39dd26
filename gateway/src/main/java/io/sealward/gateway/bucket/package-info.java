/** Buckets and listings: the store's answers, with plaintext sizes and the client's ETags. No key is ever needed. */
package io.sealward.gateway.bucket;
