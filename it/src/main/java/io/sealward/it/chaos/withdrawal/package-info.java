/** Withdrawals of a key under load, measured at the clients, and the report of them. */
package io.sealward.it.chaos.withdrawal;
