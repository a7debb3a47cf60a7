/** One way of doing the work that is compared. */
export interface Contender {
  readonly name: string;
  /** Does the work once. */
  run(): Promise<Measurement>;
}

export interface Measurement {
  readonly seconds: number;
  /** Peak resident memory of all its Node.js processes together, in MiB, where it is known. */
  readonly peakMiB?: number;
}

export interface Result extends Measurement {
  readonly name: string;
  readonly fastest: number;
  readonly slowest: number;
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

/**
 * Lets the contenders do their work in turn, `rounds` times after one round that is not counted, so that a machine
 * that slows down slows all of them down.
 */
export async function compare(
  contenders: readonly Contender[],
  rounds: number,
  onRound: (round: number, contender: string) => void,
): Promise<readonly Result[]> {
  const measured = new Map<string, Measurement[]>(contenders.map(({ name }) => [name, []]));
  for (let round = 0; round <= rounds; round += 1) {
    for (const contender of contenders) {
      onRound(round, contender.name);
      // oxlint-disable-next-line no-await-in-loop -- two measurements at once would measure each other
      const measurement = await contender.run();
      if (round > 0) {
        measured.get(contender.name)?.push(measurement);
      }
    }
  }
  return [...measured].map(([name, measurements]) => {
    const seconds = measurements.map((measurement) => measurement.seconds);
    const peaks = measurements.map(({ peakMiB }) => peakMiB).filter((peak) => peak !== undefined);
    return {
      name,
      seconds: median(seconds),
      fastest: Math.min(...seconds),
      slowest: Math.max(...seconds),
      ...(peaks.length === 0 ? {} : { peakMiB: median(peaks) }),
    };
  });
}

/** Seconds that a piece of work takes. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return (performance.now() - started) / 1000;
}
