// Loaded into a policy pack's process, which serves until it is ended. A process that a signal ends leaves Node's
// compile cache unwritten; one that exits writes it, and the pack's next start is faster.
process.on("SIGTERM", () => process.exit(0));
