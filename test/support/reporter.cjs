/** Mocha's spec reporter, closed by one plain line of counts that scripts can read. */
const { reporters, Runner } = require("mocha");

class CountedSpec extends reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    runner.once(Runner.constants.EVENT_RUN_END, () => {
      const { passes, failures, pending } = this.stats;
      reporters.Base.consoleLog(`\n${passes} passed, ${failures} failed, ${pending} skipped`);
    });
  }
}

module.exports = CountedSpec;
