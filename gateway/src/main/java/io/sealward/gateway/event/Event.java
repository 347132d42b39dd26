package io.sealward.gateway.event;

/** Something that happened. Immutable, and without secrets. */
public interface Event {}
