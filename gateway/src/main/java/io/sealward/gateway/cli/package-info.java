/** The command line: one class for each command. */
package io.sealward.gateway.cli;
