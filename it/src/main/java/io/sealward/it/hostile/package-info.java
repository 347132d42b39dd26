/** Hostile clients against a packaged gateway, and a well-behaved one beside them that must not notice. */
package io.sealward.it.hostile;
