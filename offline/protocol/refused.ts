/** What AWS refuses for the state that an account is in, as `DocumentAlreadyExists: …`; no fault of a provider's. */
export class RefusedByAws extends Error {
  constructor(code: string, message: string) {
    super(`${code}: ${message}`);
    this.name = code;
  }
}
