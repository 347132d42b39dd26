/** Seeded schedules of faults against a gateway, and what must hold whatever fails. */
package io.sealward.it.chaos.schedule;
