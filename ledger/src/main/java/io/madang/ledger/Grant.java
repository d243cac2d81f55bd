package io.madang.ledger;

/**
 * Something that a programme is asked to give. Who signs names the amount, so that it is what was
 * shown; the ledger gives exactly this or refuses.
 *
 * @param amount minor units of what the programme gives
 */
public record Grant(ProgrammeCode programme, long amount) {}
