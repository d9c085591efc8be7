/**
 * A file that cannot become a document. Its message is one sentence for the person: what is wrong
 * and what to do. It crosses to the page by name and message.
 */
export class UnreadableFile extends Error {
  override readonly name = 'UnreadableFile';
}
