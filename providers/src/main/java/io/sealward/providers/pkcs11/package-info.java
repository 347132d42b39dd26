/** KEKs in the operator's own hardware security module, behind a PKCS#11 library and the JDK's SunPKCS11. */
package io.sealward.providers.pkcs11;
