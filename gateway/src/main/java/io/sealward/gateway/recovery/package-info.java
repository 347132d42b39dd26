/** Opens stored objects without a gateway: with the store's bytes, the objects' metadata, and leave to unwrap at the KMS. */
package io.sealward.gateway.recovery;
