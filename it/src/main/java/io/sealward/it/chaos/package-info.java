/** {@code sealward chaos}: what a deployment does when its keys are withdrawn, and when all that it needs fails. */
package io.sealward.it.chaos;
