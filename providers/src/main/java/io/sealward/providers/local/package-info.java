/** KEKs in a Bouncy Castle BCFKS keystore file: for development, tests and sites without a cloud. */
package io.sealward.providers.local;
