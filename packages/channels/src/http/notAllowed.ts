/** An error by which a connector refuses to connect; its code is that of the call's outcome. */
export class NotAllowed extends Error {
  override readonly name = 'NotAllowed';
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}
