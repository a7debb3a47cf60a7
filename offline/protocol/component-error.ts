/**
 * What a component's provider answers where it cannot be constructed as asked: arguments that are wrong, or do not go
 * together. Its message is what the program's own error then says. Any other error is a bug.
 */
export class ComponentError extends Error {
  override readonly name = "ComponentError";
}
