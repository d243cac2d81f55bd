package io.madang.bench;

import java.nio.file.Path;

/**
 * How much is measured.
 *
 * @param data a folder for this session's data, on the disk to be measured
 * @param postgresPrograms where psql and pgbench are
 * @param connections of the load generator
 * @param seconds of each leg, about
 * @param rounds how often each leg is run
 * @param payers accounts that pay
 * @param merchants accounts that are paid
 * @param scale of pgbench
 * @param clients of pgbench
 */
record Settings(
    Path data,
    Path postgresPrograms,
    int connections,
    int seconds,
    int rounds,
    int payers,
    int merchants,
    int scale,
    int clients) {}
