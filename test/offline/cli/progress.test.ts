import assert from "node:assert/strict";
import { Writable } from "node:stream";
import { progressDisplay } from "@bastionless/offline/cli/display/progress-line.ts";
import { record } from "./record.ts";

/** Everything that is written to a terminal, or to something that is none. */
function recordingStream(
  isTTY: boolean,
  columns = 200,
): {
  readonly stream: NodeJS.WriteStream;
  readonly written: string[];
} {
  const written: string[] = [];
  const stream = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      written.push(chunk.toString());
      done();
    },
  });
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- of a terminal only what is set here is used
  return { stream: Object.assign(stream, { isTTY, columns }) as unknown as NodeJS.WriteStream, written };
}

const resource = { kind: "resource", resource: record("aws:kms/key:Key", "key") } as const;
const names = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, index) => `p${index}/dev`);

describe("progress", () => {
  it("is a line for each environment that has ended where nobody watches", () => {
    const { stream, written } = recordingStream(false);
    const progress = progressDisplay(names(6), stream);
    progress.update("p1/dev", resource);
    progress.ended("p1/dev", 1.25);
    progress.clear();
    assert.deepEqual(written, ["p1/dev: 1 resource in 1.3 s\n"]);
  });

  it("shows every environment of a few, and of many, or on a narrow terminal, those that run and how many are done", async () => {
    const last = async (count: number, columns?: number): Promise<string | undefined> => {
      const { stream, written } = recordingStream(true, columns);
      const progress = progressDisplay(names(count), stream);
      progress.update("p0/dev", resource);
      progress.ended("p0/dev", 1);
      await new Promise((resolve) => {
        setTimeout(resolve, 100);
      });
      progress.update("p1/dev", resource);
      return written.at(-1)?.replace("\r\u001B[2K", "");
    };
    assert.equal(await last(3), "p0/dev: 1 resources, done  ·  p1/dev: 1 resources  ·  p2/dev: 0 starting");
    assert.equal(await last(12), "1 of 12 done  ·  p1/dev: 1 resources");
    assert.equal(await last(3, 40), "1 of 3 done  ·  p1/dev: 1 resources");
    assert.equal(await last(3, 30), "1 of 3 done  ·  p1/dev: 1 res", "a column is left for the cursor");
  });
});
