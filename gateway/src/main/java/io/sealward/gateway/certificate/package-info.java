/** The certificates that listeners serve with: read from their files, proved to belong to their keys, and followed as the files change. */
package io.sealward.gateway.certificate;
