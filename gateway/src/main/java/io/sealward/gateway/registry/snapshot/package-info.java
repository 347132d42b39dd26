/**
 * The registry as the data path sees it: an immutable copy in memory that follows the database, and what answers from it
 * who may do what, with which key. Never waits for the database.
 */
package io.sealward.gateway.registry.snapshot;
