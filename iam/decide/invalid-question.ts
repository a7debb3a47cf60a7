/** Thrown where a question cannot be read; {@link import("./run.ts").answerQuestion} turns it into `undecided`. */
export class InvalidQuestion extends Error {}
