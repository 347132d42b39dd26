/** A real PKCS#11 library, SoftHSM 2, and what an operator does to its tokens. */
package io.sealward.it.cloud.pkcs11;
