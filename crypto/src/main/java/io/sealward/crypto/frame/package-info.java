/** The bytes of a sealed object: frames, their order, and the arithmetic of their lengths. */
package io.sealward.crypto.frame;
