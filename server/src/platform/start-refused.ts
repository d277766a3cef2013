/**
 * A start that cannot succeed until somebody changes something: a setting, a folder, a port, another process.
 * The message is one line for the person at the terminal; `main` prints it without a stack and exits with 1.
 */
export class StartRefused extends Error {
  override readonly name = 'StartRefused';
}
