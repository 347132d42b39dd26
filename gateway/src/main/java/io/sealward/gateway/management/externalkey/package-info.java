/** The API's external keys: onboarding, registration, validation, health. A KMS is asked before a key is believed. */
package io.sealward.gateway.management.externalkey;
