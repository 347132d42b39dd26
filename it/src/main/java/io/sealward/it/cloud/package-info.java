/** What the fake clouds share: certificates, a way for real host names to lead to loopback, and faults on demand. */
package io.sealward.it.cloud;
