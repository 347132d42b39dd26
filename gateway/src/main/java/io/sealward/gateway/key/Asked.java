package io.sealward.gateway.key;

/**
 * When the KMS was asked, or memory looked up: an answer counts as of then, however late it comes.
 *
 * @param drops how many groups this node had dropped, see {@link KeyGroups}
 * @param nanos by the clock of {@link KeyGroups}
 */
record Asked(long drops, long nanos) {}
