/**
 * The audit trail of one gateway: lines of JSON in files that are only appended to, each line bound to all before it by a hash,
 * the end signed and told to the registry at an interval. {@link io.sealward.gateway.trail.TrailCheck} finds the first line that is missing or was
 * changed.
 *
 * <p>A line is an object whose first member is {@code n}, its number, from 1 on, and whose last is {@code chain}: 64 hex digits of
 * SHA-256 over the 32 bytes of the line before (zeros before the first) and the bytes of this one before {@code ,"chain":}.
 * A line {@code trail.head} carries in {@code signature} an HMAC-SHA256 over {@code sealward trail head 1}, a zero byte, the id of
 * the trail, a zero byte, and the 32 bytes of the line before. Each file begins with a line {@code trail.file}, which repeats the hash before it, and is named
 * after its number. What is told of the trail itself: {@code trail.file}, {@code trail.started}, {@code trail.head}, {@code trail.lost},
 * {@code trail.pruned}.
 */
package io.sealward.gateway.trail;
