/** The list of all providers: the one place that knows each. */
package io.sealward.providers.catalog;
