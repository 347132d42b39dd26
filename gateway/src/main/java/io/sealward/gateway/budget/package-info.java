/** What all clients share of something bounded, memory above all, and each one's fair part of it. */
package io.sealward.gateway.budget;
