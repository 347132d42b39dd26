/** What a version of the format is: its numbers and names, and the lengths that follow from them. */
package io.sealward.crypto.format;
