/** Object keys in use: KMS calls, the cache of unwrapped secrets, and what happens when a KEK is withdrawn. */
package io.sealward.gateway.key;
