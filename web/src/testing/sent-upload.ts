/** An upload that would go over the network, in the place of `XMLHttpRequest`: a test answers it. */
export class SentUpload extends EventTarget {
  static sent: SentUpload[] = [];
  readonly upload = new EventTarget();
  address = '';
  status = 0;
  responseText = '';
  isAborted = false;

  open(_method: string, address: string): void {
    this.address = address;
  }
  setRequestHeader(): void {}
  send(_body?: FormData): void {
    SentUpload.sent.push(this);
  }
  abort(): void {
    this.isAborted = true;
    this.dispatchEvent(new Event('abort'));
  }
  answer(status: number, body: object): void {
    this.status = status;
    this.responseText = JSON.stringify(body);
    this.dispatchEvent(new Event('load'));
  }
}
