package io.sealward.it.model;

/** A request, and what must come of it by what the model holds. */
interface Step {
    void run(Bench bench) throws Exception;
}
