/** The sealed-object format, version 1. See FORMAT.md in this module. */
package io.sealward.crypto;
