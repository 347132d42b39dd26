/**
 * The configuration as immutable records, and the YAML file it is read from. Every error names the file, the line and
 * the key at fault, and says what is allowed.
 */
package io.sealward.gateway.config;
