/** What stands beside an object's bytes: its sealed key in the metadata, or in the upload id of an unfinished upload. */
package io.sealward.crypto.seal;
