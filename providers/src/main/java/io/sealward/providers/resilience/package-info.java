/** What every KEK needs around its calls: bounded concurrency, a deadline, bounded retries, one place for errors. */
package io.sealward.providers.resilience;
