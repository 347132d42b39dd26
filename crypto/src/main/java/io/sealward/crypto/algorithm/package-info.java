/** The algorithms of which everything here is made, each set up in one place. */
package io.sealward.crypto.algorithm;
