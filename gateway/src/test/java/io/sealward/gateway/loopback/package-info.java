/** Both sides of the gateway on loopback: a store and a client that do what a test tells them, and a KMS that counts. */
package io.sealward.gateway.loopback;
